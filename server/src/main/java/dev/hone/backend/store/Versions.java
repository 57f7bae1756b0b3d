package dev.hone.backend.store;

import dev.hone.experience.Experience;
import dev.hone.experience.Kind;
import dev.hone.experience.Lesson;
import dev.hone.experience.Query;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads versions of items. */
final class Versions {

  /**
   * Versions of a space that a principal may read: its own, what is active, and what is shown no
   * longer but was active until then.
   */
  static final String READABLE =
      "v.space = :space AND (v.state = 'ACTIVE' OR v.owner = :principal OR (v.state <> 'CANDIDATE'"
          + " AND EXISTS (SELECT 1 FROM version b WHERE b.space = v.space AND b.experience ="
          + " v.experience AND b.version = v.version - 1 AND b.state = 'ACTIVE')))";

  /**
   * Versions that counted after the commit {@code :at}. Without the plus SQLite would rather read
   * whatever began before it than the versions of one item.
   */
  static final String COUNTED =
      " AND +v.sequence <= :at AND (v.ended_by IS NULL OR v.ended_by > :at)";

  private static final String NOW = "e.ended_by IS NULL";
  private static final String THEN =
      "+e.sequence <= :at AND (e.ended_by IS NULL OR e.ended_by > :at)";

  private static final String TOUCHED =
      " AND v.experience IN (SELECT experience FROM touched WHERE space = :space AND sequence >"
          + " :least AND sequence <= :most)";

  private Versions() {}

  /** What differs between the states after two commits, in the order of the items. */
  static List<Pool.Difference> differences(
      Handle handle, String space, long from, long to, String principal) {
    Map<String, Experience> before = asOf(handle, space, from, from, to, principal);
    Map<String, Experience> after = asOf(handle, space, to, from, to, principal);
    Set<String> ids = new TreeSet<>(before.keySet());
    ids.addAll(after.keySet());
    return ids.stream()
        .map(
            id ->
                new Pool.Difference(
                    Optional.ofNullable(before.get(id)), Optional.ofNullable(after.get(id))))
        .toList();
  }

  private static Map<String, Experience> asOf(
      Handle handle, String space, long at, long from, long to, String principal) {
    Map<String, ?> values =
        Map.of(
            "space", space,
            "principal", principal,
            "at", at,
            "least", Math.min(from, to),
            "most", Math.max(from, to));
    return asOf(handle, READABLE + TOUCHED, values).stream()
        .map(Pool.Projected::experience)
        .collect(Collectors.toMap(Experience::id, each -> each));
  }

  /** The newest versions, counted. */
  static List<Pool.Count> counts(Handle handle, String space) {
    return handle
        .createQuery(
            "SELECT state, kind, type, count(*) FROM version WHERE space = :space AND ended_by IS"
                + " NULL GROUP BY state, kind, type ORDER BY state, kind, type")
        .bind("space", space)
        .map(
            (set, context) ->
                new Pool.Count(
                    State.valueOf(set.getString(1)),
                    Kind.valueOf(set.getString(2)),
                    set.getString(3),
                    set.getInt(4)))
        .list();
  }

  /** The versions (as {@code v}) that satisfy a condition, with the support they have now. */
  static List<Pool.Projected> select(Handle handle, String condition, Map<String, ?> values) {
    return rows(handle, query(NOW, condition), values);
  }

  /**
   * The versions (as {@code v}) that counted after the commit {@code :at} and satisfy a condition,
   * with the support they had then.
   */
  static List<Pool.Projected> asOf(Handle handle, String condition, Map<String, ?> values) {
    return rows(handle, queryAsOf(condition), values);
  }

  static String queryAsOf(String condition) {
    return query(THEN, "TRUE" + COUNTED + " AND " + condition);
  }

  private static String query(String counting, String condition) {
    return "SELECT v.*, (SELECT count(DISTINCT e.principal) FROM evidence e WHERE e.space = v.space"
        + " AND e.experience = v.experience AND "
        + counting
        + ") AS support FROM version v WHERE "
        + condition;
  }

  private static List<Pool.Projected> rows(Handle handle, String query, Map<String, ?> values) {
    return handle.createQuery(query).bindMap(values).map((set, context) -> row(set)).list();
  }

  private static Pool.Projected row(ResultSet set) throws SQLException {
    long until = set.getLong("ended_by");
    boolean current = set.wasNull();
    return new Pool.Projected(
        new Experience(
            set.getString("experience"),
            set.getInt("version"),
            set.getString("space"),
            new Lesson(
                set.getString("title"),
                set.getString("applies_when"),
                set.getString("content"),
                Kind.valueOf(set.getString("kind")),
                set.getString("type")),
            State.valueOf(set.getString("state")),
            set.getString("owner"),
            set.getInt("support"),
            set.getInt("tokens"),
            set.getLong("sequence"),
            set.getString("successor")),
        current ? Query.HEAD : until);
  }
}
