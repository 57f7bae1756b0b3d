package dev.hone.backend.store;

import dev.hone.experience.Decision;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Exposure;
import dev.hone.experience.Interaction;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Receipt;
import dev.hone.experience.Usage;
import dev.hone.port.Journal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tells what became of an interaction. */
final class Receipts {

  private Receipts() {}

  /** The ids of a principal's interactions, newest first. */
  static List<String> ids(
      Handle handle,
      String space,
      String principal,
      Journal.Wanted wanted,
      @Nullable String before,
      int limit) {
    return handle
        .createQuery(
            "SELECT id FROM interaction WHERE space = :space AND principal = :principal AND id <"
                + " :before AND (state = :state OR (:state IS NULL AND state <> 'FORGOTTEN')) AND"
                + " (:session IS NULL OR session = :session) AND (:conversation IS NULL OR"
                + " conversation = :conversation) AND (:since IS NULL OR opened_at >= :since) AND"
                + " (:until IS NULL OR opened_at < :until) ORDER BY id DESC LIMIT :limit")
        .bind("space", space)
        .bind("principal", principal)
        .bind("before", before == null ? "~" : before)
        .bind("state", wanted.state() == null ? null : wanted.state().name())
        .bind("session", wanted.session())
        .bind("conversation", wanted.conversation())
        .bind("since", millis(wanted.since()))
        .bind("until", millis(wanted.until()))
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  /** How much a space has taken. */
  static Journal.Size size(Handle handle, String space) {
    Map<InteractionState, Integer> byState = new EnumMap<>(InteractionState.class);
    handle
        .createQuery("SELECT state, count(*) FROM interaction WHERE space = :space GROUP BY state")
        .bind("space", space)
        .map((set, context) -> Map.entry(InteractionState.valueOf(set.getString(1)), set.getInt(2)))
        .forEach(entry -> byState.put(entry.getKey(), entry.getValue()));
    return handle
        .createQuery(
            "SELECT (SELECT coalesce(sum(length(raw)), 0) FROM interaction WHERE space = :space) +"
                + " (SELECT coalesce(sum(length(CAST(parts AS BLOB))), 0) FROM message WHERE space"
                + " = :space), (SELECT count(DISTINCT interaction) FROM exposure WHERE space ="
                + " :space)")
        .bind("space", space)
        .map((set, context) -> new Journal.Size(byState, set.getLong(1), set.getInt(2)))
        .one();
  }

  static Receipt of(Handle handle, Interaction interaction) {
    String space = interaction.scope().space();
    List<Exposure> exposures = ExposureRows.of(handle, space, interaction.id());
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
    return handle
        .createQuery(
            "SELECT path, prompt_tokens, cached_tokens, answer_tokens, repeats, confidence FROM"
                + " interaction WHERE id = :id")
        .bind("id", interaction.id())
        .map(
            (set, context) -> {
              int prompt = set.getInt(2);
              Usage usage = set.wasNull() ? null : new Usage(prompt, set.getInt(3), set.getInt(4));
              return new Receipt(
                  interaction,
                  set.getString(1),
                  usage,
                  (Double) set.getObject(6),
                  exposures,
                  block,
                  learning(handle, interaction, set.getString(5)),
                  set.getString(5));
            })
        .one();
  }

  private static Receipt.Learning learning(
      Handle handle, Interaction interaction, @Nullable String repeats) {
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
      case FORGOTTEN -> {
        return new Receipt.Learning.Excluded("it was forgotten");
      }
      case EXPIRED -> {
        if (interaction.episode() == null) {
          return new Receipt.Learning.Excluded("its words were let go; it was not learned from");
        }
      }
      case COMPLETED -> {
        if (interaction.answer() == null) {
          return new Receipt.Learning.Excluded("the answer holds nothing that can be read");
        }
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
                case OPEN, CLOSED -> new Receipt.Learning.InEpisode(id, revision, state, note);
                case FAILED -> new Receipt.Learning.Failed(id, revision, note);
                case LEARNED -> {
                  List<String> items =
                      SqlPool.restingOn(
                          handle, space, repeats == null ? interaction.id() : repeats);
                  yield items.isEmpty()
                      ? new Receipt.Learning.Nothing(
                          id, revision, note.isEmpty() ? why(handle, space, id) : note)
                      : new Receipt.Learning.Distilled(id, revision, items);
                }
              };
            })
        .one();
  }

  /** Why no item rests on an episode: what was said of the drafts that came to nothing. */
  private static String why(Handle handle, String space, String episode) {
    String reasons =
        DecisionRows.ofEpisode(handle, space, episode).stream()
            .filter(each -> each.decision().made() == Decision.Made.DISCARD)
            .map(each -> each.decision().reason())
            .collect(Collectors.joining("; "));
    return reasons.isEmpty() ? "no item rests on it" : reasons;
  }
}
