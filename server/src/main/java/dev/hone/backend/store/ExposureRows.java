package dev.hone.backend.store;

import dev.hone.experience.Exposure;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** What stood in prompts, and what was held back from them, each in a table of its own. */
final class ExposureRows {

  private static final List<String> TABLES = List.of("exposure", "withheld");

  private ExposureRows() {}

  static void insert(Handle handle, String space, String interaction, Exposure exposure) {
    handle.execute(
        "INSERT INTO "
            + (exposure.arm().shown() ? "exposure" : "withheld")
            + " (interaction, rank, space, experience, version, tokens, arm, probability, holdout)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        interaction,
        exposure.rank(),
        space,
        exposure.experience(),
        exposure.version(),
        exposure.tokens(),
        exposure.arm().name().toLowerCase(Locale.ROOT),
        exposure.probability(),
        exposure.holdout());
  }

  /** All of an interaction, what was shown first, each by rank. */
  static List<Exposure> of(Handle handle, String space, String interaction) {
    return TABLES.stream()
        .flatMap(
            table ->
                handle
                    .createQuery(
                        "SELECT * FROM "
                            + table
                            + " WHERE interaction = :id AND space = :space ORDER BY rank")
                    .bind("id", interaction)
                    .bind("space", space)
                    .map(
                        (set, context) ->
                            new Exposure(
                                interaction,
                                set.getString("experience"),
                                set.getInt("version"),
                                set.getInt("rank"),
                                set.getInt("tokens"),
                                Exposure.Arm.valueOf(set.getString("arm").toUpperCase(Locale.ROOT)),
                                set.getDouble("probability"),
                                set.getDouble("holdout")))
                    .list()
                    .stream())
        .toList();
  }

  /** Removes all of an interaction. */
  static void remove(Handle handle, String space, String interaction) {
    TABLES.forEach(
        table ->
            handle.execute(
                "DELETE FROM " + table + " WHERE interaction = ? AND space = ?",
                interaction,
                space));
  }
}
