package dev.hone.backend.store;

import dev.hone.port.Episodes;
import org.jdbi.v3.core.Handle;

/** Puts an interaction in its episode, as a member or as a repetition that is only counted. */
final class Placing {

  /** Sets, of an {@code episode}, how many members and repetitions it has by their rows. */
  static final String COUNTED =
      "size = (SELECT count(*) FROM interaction i WHERE i.episode = episode.id AND i.repeats IS"
          + " NULL), repetitions = (SELECT count(*) FROM interaction i WHERE i.episode = episode.id"
          + " AND i.repeats IS NOT NULL)";

  private Placing() {}

  static void put(Handle handle, Episodes.Place place) {
    String id = place.interaction().id();
    String space = place.interaction().scope().space();
    int taken =
        handle.execute(
            "UPDATE interaction SET episode = ? WHERE id = ? AND space = ? AND episode IS NULL AND"
                + " state <> 'FORGOTTEN' AND NOT EXISTS (SELECT 1 FROM episode e WHERE e.id = ? AND"
                + " e.space <> ?)",
            place.episode(),
            id,
            space,
            place.episode(),
            space);
    if (taken == 1) {
      boolean counted = place.repeats() != null && counted(handle, id, place.repeats());
      handle.execute(
          "INSERT INTO episode (id, space, principal, revision, state, size, repetitions, tokens,"
              + " last_at, due_at, attempts, judged_at) SELECT ?, ?, ?, 1, 'OPEN', ?, ?, ?, (SELECT"
              + " completed_at FROM interaction WHERE id = ?), 0, 0, max(at) FROM outcome WHERE"
              + " interaction = ? AND (value IS NOT NULL OR"
              + " correction IS NOT NULL) ON CONFLICT (id) DO UPDATE SET size = size +"
              + " excluded.size, repetitions = repetitions + excluded.repetitions, tokens = tokens"
              + " + excluded.tokens, last_at = max(last_at, excluded.last_at), judged_at ="
              + " max(coalesce(judged_at, excluded.judged_at), coalesce(excluded.judged_at,"
              + " judged_at))",
          place.episode(),
          space,
          place.interaction().scope().principal(),
          counted ? 0 : 1,
          counted ? 1 : 0,
          counted ? 0 : place.tokens(),
          id,
          id);
    }
  }

  /** Only an interaction that nobody has spoken of is counted. */
  private static boolean counted(Handle handle, String interaction, String repeats) {
    return handle.execute(
            "UPDATE interaction SET repeats = ?, raw = NULL WHERE id = ? AND NOT EXISTS (SELECT 1"
                + " FROM outcome WHERE interaction = interaction.id)",
            repeats,
            interaction)
        == 1;
  }
}
