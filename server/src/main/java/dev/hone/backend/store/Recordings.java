package dev.hone.backend.store;

import dev.hone.experience.Anchor;
import dev.hone.experience.Block;
import dev.hone.experience.Digest;
import dev.hone.experience.Interaction;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Mode;
import dev.hone.experience.Usage;
import dev.hone.port.Carried;
import dev.hone.port.Journal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads interactions as wholes, but for the bytes of their answers. */
final class Recordings {

  private final Interactions interactions = new Interactions();

  /** What stands in the row of an interaction besides what an {@link Interaction} tells. */
  private record Row(
      String id,
      Mode mode,
      String path,
      @Nullable String parent,
      Digest chain,
      String parameters,
      int status,
      @Nullable Digest end,
      @Nullable Usage usage,
      Instant completedAt,
      @Nullable String source,
      @Nullable String repeats) {}

  /**
   * Interactions of a space by a condition on {@code i} and named values, by id. Not those still
   * being answered, nor forgotten ones.
   */
  List<Carried.Recording> where(
      Handle handle, String space, String condition, Map<String, ?> values, int limit) {
    List<Row> rows =
        handle
            .createQuery(
                "SELECT i.*, (SELECT p.json FROM parameters p WHERE p.space = i.space AND p.digest"
                    + " = i.parameters) AS asked, (SELECT b.id FROM interaction b WHERE b.id ="
                    + " i.parent AND b.space = i.space AND b.state <> 'OPENED' AND NOT EXISTS"
                    + " (SELECT 1 FROM forgotten f WHERE f.space = b.space AND f.kind ="
                    + " 'INTERACTION' AND f.id = b.id)) AS before FROM interaction i WHERE"
                    + " i.space = :space AND i.state <> 'OPENED' AND "
                    + SqlExports.KNOWN
                    + " AND "
                    + condition
                    + " ORDER BY i.id LIMIT :limit")
            .bind("space", space)
            .bindMap(values)
            .bind("limit", limit)
            .map((set, context) -> row(set))
            .list();
    List<Carried.Recording> all = new ArrayList<>();
    for (Row row : rows) {
      interactions
          .one(handle, space, row.id)
          .ifPresent(interaction -> all.add(whole(handle, row, interaction)));
    }
    return all;
  }

  private static Row row(ResultSet set) throws SQLException {
    String end = set.getString("answer_chain");
    int prompt = set.getInt("prompt_tokens");
    Usage usage =
        set.wasNull()
            ? null
            : new Usage(prompt, set.getInt("cached_tokens"), set.getInt("answer_tokens"));
    long completed = set.getLong("completed_at");
    return new Row(
        set.getString("id"),
        Mode.valueOf(set.getString("mode")),
        set.getString("path"),
        set.getString("before"),
        new Digest(set.getString("chain")),
        Objects.requireNonNullElse(set.getString("asked"), "{}"),
        set.getInt("status"),
        end == null ? null : new Digest(end),
        usage,
        Instant.ofEpochMilli(set.wasNull() ? set.getLong("opened_at") : completed),
        set.getString("source"),
        set.getString("repeats"));
  }

  private static Carried.Recording whole(Handle handle, Row row, Interaction interaction) {
    String space = interaction.scope().space();
    return new Carried.Recording(
        new Journal.Recorded(
            new Journal.Opening(
                row.id,
                interaction.scope(),
                row.mode,
                row.path,
                interaction.conversation(),
                row.parent,
                interaction.model(),
                interaction.messages(),
                row.chain,
                row.parameters,
                anchor(handle, space, interaction.conversation(), row.id),
                ExposureRows.of(handle, space, row.id),
                interaction.openedAt()),
            new Journal.Completion(
                interaction.state(),
                row.status,
                interaction.answer(),
                new byte[0],
                false,
                row.end,
                row.usage,
                row.completedAt),
            interaction.outcomes()),
        row.source,
        row.repeats,
        handle
            .createQuery(
                "SELECT digest FROM emitted WHERE interaction = :id AND space = :space ORDER BY"
                    + " digest")
            .bind("id", row.id)
            .bind("space", space)
            .mapTo(String.class)
            .list());
  }

  private static @Nullable Anchor anchor(
      Handle handle, String space, String conversation, String interaction) {
    return handle
        .createQuery(
            "SELECT chain, text, items, tokens FROM anchor WHERE space = :space AND conversation ="
                + " :conversation AND interaction = :id ORDER BY chain LIMIT 1")
        .bind("id", interaction)
        .bind("conversation", conversation)
        .bind("space", space)
        .map(
            (set, context) ->
                new Anchor(
                    new Digest(set.getString(1)),
                    new Block(
                        set.getString(2),
                        SqlJournal.shown(set.getString(3)),
                        set.getInt(4),
                        List.of())))
        .findOne()
        .orElse(null);
  }

  /** The same as if its words had been let go. */
  static Carried.Recording wordless(Carried.Recording whole) {
    Journal.Opening opening = whole.recorded().opening();
    Journal.Completion completion = whole.recorded().completion();
    return new Carried.Recording(
        new Journal.Recorded(
            new Journal.Opening(
                opening.id(),
                opening.scope(),
                opening.mode(),
                opening.path(),
                opening.conversation(),
                null,
                opening.model(),
                List.of(),
                opening.chain(),
                "{}",
                null,
                opening.exposures(),
                opening.at()),
            new Journal.Completion(
                InteractionState.EXPIRED,
                completion.status(),
                null,
                new byte[0],
                false,
                null,
                completion.usage(),
                completion.at()),
            List.of()),
        whole.source(),
        whole.repeats(),
        whole.emitted());
  }
}
