package dev.hone.backend.store;

import dev.hone.experience.Decision;
import dev.hone.experience.Episode;
import dev.hone.port.Pool;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What became of drafts: one row a draft of each revision of an episode. */
final class DecisionRows {

  private DecisionRows() {}

  static void write(Handle handle, Episode episode, List<Decision> decisions, long at) {
    int position = 0;
    for (Decision decision : decisions) {
      handle.execute(
          "INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          episode.space(),
          episode.id(),
          episode.revision(),
          position++,
          decision.made().name(),
          decision.experience(),
          decision.title(),
          decision.reason(),
          at);
    }
  }

  /** Those of the newest revision that has any. */
  static List<Pool.Decided> ofEpisode(Handle handle, String space, String episode) {
    return select(
        handle,
        "space = :space AND episode = :episode AND revision = (SELECT max(revision) FROM decision"
            + " WHERE space = :space AND episode = :episode) ORDER BY position",
        Map.of("space", space, "episode", episode));
  }

  static List<Pool.Decided> about(Handle handle, String space, String experience) {
    return select(
        handle,
        "space = :space AND experience = :experience ORDER BY episode DESC, revision DESC, position"
            + " DESC",
        Map.of("space", space, "experience", experience));
  }

  private static List<Pool.Decided> select(Handle handle, String condition, Map<String, ?> values) {
    return handle
        .createQuery("SELECT * FROM decision WHERE " + condition)
        .bindMap(values)
        .map(
            (set, context) ->
                new Pool.Decided(
                    set.getString("episode"),
                    set.getInt("revision"),
                    set.getInt("position"),
                    Instant.ofEpochMilli(set.getLong("at")),
                    new Decision(
                        Decision.Made.valueOf(set.getString("decision")),
                        set.getString("experience"),
                        set.getString("title"),
                        set.getString("reason"))))
        .list();
  }
}
