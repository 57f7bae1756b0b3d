package dev.hone.backend.store;

import dev.hone.port.ClosedSessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Sessions that are over, in SQL. */
public final class SqlClosedSessions implements ClosedSessions {

  private final Database database;

  public SqlClosedSessions(Database database) {
    this.database = database;
  }

  @Override
  public boolean close(Instant until, Instant now, int most) {
    return database.write(handle -> new Closing(handle, until, now).run(most));
  }

  @Override
  public List<Closed> closed(String space, String metric, long after, int most) {
    return database.read(
        handle -> {
          Map<Long, List<Found>> items = items(handle, space, after, most);
          return handle
              .createQuery(
                  "SELECT s.*, v.value FROM session s LEFT JOIN session_value v ON v.session ="
                      + " s.id AND v.metric = :metric WHERE s.space = :space AND s.id > :after"
                      + " ORDER BY s.id LIMIT :most")
              .bind("space", space)
              .bind("metric", metric)
              .bind("after", after)
              .bind("most", most)
              .map(
                  (set, context) ->
                      new Closed(
                          set.getLong("id"),
                          set.getString("arm").equals("shown"),
                          set.getDouble("holdout"),
                          set.getString("type"),
                          (Integer) set.getObject("tokens"),
                          (Double) set.getObject("value"),
                          items.getOrDefault(set.getLong("id"), List.of()),
                          Instant.ofEpochMilli(set.getLong("closed_at"))))
              .list();
        });
  }

  private static Map<Long, List<Found>> items(Handle handle, String space, long after, int most) {
    Map<Long, List<Found>> items = new HashMap<>();
    handle
        .createQuery(
            "SELECT i.* FROM session_item i JOIN (SELECT id FROM session WHERE space = :space AND"
                + " id > :after ORDER BY id LIMIT :most) s ON s.id = i.session")
        .bind("space", space)
        .bind("after", after)
        .bind("most", most)
        .map(
            (set, context) ->
                Map.entry(
                    set.getLong("session"),
                    new Found(
                        set.getString("experience"),
                        set.getInt("version"),
                        set.getBoolean("shown"),
                        set.getDouble("probability"))))
        .forEach(
            entry ->
                items
                    .computeIfAbsent(entry.getKey(), any -> new ArrayList<>())
                    .add(entry.getValue()));
    return items;
  }

  @Override
  public Map<String, Integer> metrics(String space) {
    Map<String, Integer> metrics = new TreeMap<>();
    database.read(
        handle -> {
          handle
              .createQuery(
                  "SELECT metric, count(*) FROM session_value WHERE space = :space GROUP BY metric")
              .bind("space", space)
              .map((set, context) -> Map.entry(set.getString(1), set.getInt(2)))
              .forEach(entry -> metrics.put(entry.getKey(), entry.getValue()));
          return metrics;
        });
    return metrics;
  }
}
