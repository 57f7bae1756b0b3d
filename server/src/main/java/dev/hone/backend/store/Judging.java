package dev.hone.backend.store;

import dev.hone.experience.Outcome;
import org.jdbi.v3.core.Handle;

/** What an outcome does to the episode of its interaction. */
final class Judging {

  /** The episode of an interaction, given the interaction and its space. */
  private static final String ITS_EPISODE =
      "space = :space AND id = (SELECT episode FROM interaction WHERE id = :interaction AND space ="
          + " :space)";

  private Judging() {}

  /**
   * A repetition that is spoken of becomes a member; an open episode knows that it was judged; a
   * closed one gets its next revision.
   *
   * @return how many episodes got a next revision
   */
  static int reach(Handle handle, String space, Outcome outcome) {
    update(
        handle,
        space,
        outcome,
        "UPDATE episode SET size = size + 1, repetitions = repetitions - 1 WHERE "
            + ITS_EPISODE
            + " AND EXISTS (SELECT 1 FROM interaction WHERE id = :interaction AND repeats IS NOT"
            + " NULL)");
    update(
        handle,
        space,
        outcome,
        "UPDATE interaction SET repeats = NULL WHERE id = :interaction AND space = :space AND"
            + " repeats IS NOT NULL");
    if (outcome.value() != null || outcome.correction() != null) {
      handle
          .createUpdate(
              "UPDATE episode SET judged_at = max(coalesce(judged_at, 0), :at) WHERE state = 'OPEN'"
                  + " AND "
                  + ITS_EPISODE)
          .bind("at", outcome.at().toEpochMilli())
          .bind("space", space)
          .bind("interaction", outcome.interaction())
          .execute();
    }
    return update(
        handle,
        space,
        outcome,
        "UPDATE episode SET revision = revision + 1, state = 'CLOSED', due_at = 0, attempts = 0,"
            + " failures = 0, note = NULL, raw = NULL WHERE state IN ('CLOSED', 'LEARNED',"
            + " 'FAILED') AND "
            + ITS_EPISODE
            + " AND NOT EXISTS (SELECT 1 FROM interaction i WHERE i.episode = episode.id AND"
            + " i.state = 'EXPIRED')");
  }

  private static int update(Handle handle, String space, Outcome outcome, String sql) {
    return handle
        .createUpdate(sql)
        .bind("space", space)
        .bind("interaction", outcome.interaction())
        .execute();
  }
}
