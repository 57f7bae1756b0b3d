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
import org.jdbi.v3.core.Handle;

/** Reads versions of items. */
final class Versions {

  private Versions() {}

  /** The versions (as {@code v}) that satisfy a condition, with the support they have now. */
  static List<Pool.Projected> select(Handle handle, String condition, Map<String, ?> values) {
    return handle
        .createQuery(
            "SELECT v.*, (SELECT count(DISTINCT e.principal) FROM evidence e WHERE e.space ="
                + " v.space AND e.experience = v.experience AND e.ended_by IS NULL) AS support FROM"
                + " version v WHERE "
                + condition)
        .bindMap(values)
        .map((set, context) -> row(set))
        .list();
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
