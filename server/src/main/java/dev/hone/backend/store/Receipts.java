package dev.hone.backend.store;

import dev.hone.experience.EpisodeState;
import dev.hone.experience.Exposure;
import dev.hone.experience.Interaction;
import dev.hone.experience.Receipt;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Tells what became of an interaction. */
final class Receipts {

  private Receipts() {}

  static Receipt of(Handle handle, Interaction interaction) {
    String space = interaction.scope().space();
    List<Exposure> exposures =
        handle
            .createQuery(
                "SELECT * FROM exposure WHERE interaction = :id AND space = :space ORDER BY rank")
            .bind("id", interaction.id())
            .bind("space", space)
            .map(
                (set, context) ->
                    new Exposure(
                        interaction.id(),
                        set.getString("experience"),
                        set.getInt("version"),
                        set.getInt("rank"),
                        set.getInt("tokens"),
                        set.getString("arm"),
                        set.getDouble("probability")))
            .list();
    String block =
        handle
            .createQuery(
                "SELECT a.text FROM anchor a JOIN interaction i ON i.space = a.space AND"
                    + " i.conversation = a.conversation AND i.chain = a.chain WHERE i.id = :id AND"
                    + " i.space = :space")
            .bind("id", interaction.id())
            .bind("space", space)
            .mapTo(String.class)
            .findOne()
            .orElse("");
    return new Receipt(interaction, exposures, block, learning(handle, interaction));
  }

  private static Receipt.Learning learning(Handle handle, Interaction interaction) {
    switch (interaction.state()) {
      case OPENED -> {
        return new Receipt.Learning.Waiting();
      }
      case INTERRUPTED -> {
        return new Receipt.Learning.Excluded("interrupted before the answer was complete");
      }
      case FAILED -> {
        return new Receipt.Learning.Excluded("the model answered with an error");
      }
      case COMPLETED -> {
        if (interaction.episode() == null) {
          return new Receipt.Learning.Waiting();
        }
      }
    }
    String space = interaction.scope().space();
    return handle
        .createQuery(
            "SELECT id, revision, state, note FROM episode WHERE id = :id AND space = :space")
        .bind("id", interaction.episode())
        .bind("space", space)
        .map(
            (set, context) -> {
              String id = set.getString("id");
              int revision = set.getInt("revision");
              String note = Optional.ofNullable(set.getString("note")).orElse("");
              EpisodeState state = EpisodeState.valueOf(set.getString("state"));
              return switch (state) {
                case OPEN, CLOSED -> new Receipt.Learning.InEpisode(id, revision, state);
                case FAILED -> new Receipt.Learning.Failed(id, revision, note);
                case LEARNED -> {
                  List<String> items = SqlPool.restingOn(handle, space, interaction.id());
                  yield items.isEmpty()
                      ? new Receipt.Learning.Nothing(
                          id, revision, note.isEmpty() ? "no item rests on it" : note)
                      : new Receipt.Learning.Distilled(id, revision, items);
                }
              };
            })
        .one();
  }
}
