package dev.hone.backend.store;

import dev.hone.port.Sessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sessions, out of the journal's outcomes and exposures. */
public final class SqlSessions implements Sessions {

  /** The newest interactions that have an outcome, each with the mean of what counts of it. */
  private static final String JUDGED =
      """
      WITH said AS (
        SELECT o.interaction, coalesce(o.value, 0.0) AS value,
          row_number() OVER (PARTITION BY o.interaction, o.metric, o.principal
            ORDER BY o.at DESC, o.id DESC) AS newest
        FROM outcome o
        WHERE o.space = :space AND o.at >= :from AND o.metric IN (<metrics>)
          AND (o.value IS NOT NULL OR o.correction IS NOT NULL)
      )
      SELECT i.principal, coalesce('s' || i.session, 'c' || i.conversation) AS session,
        i.opened_at, avg(said.value) AS value, e.interaction IS NOT NULL AS shown, v.type
      FROM said JOIN interaction i ON i.id = said.interaction
        LEFT JOIN exposure e ON e.interaction = i.id AND e.rank = 1
        LEFT JOIN version v
          ON v.space = i.space AND v.experience = e.experience AND v.version = e.version
      WHERE said.newest = 1 AND i.space = :space AND i.source IS NULL
        AND i.opened_at >= :from AND i.opened_at < :until
      GROUP BY i.id ORDER BY i.opened_at DESC, i.id DESC LIMIT :most
      """;

  private final Database database;

  public SqlSessions(Database database) {
    this.database = database;
  }

  /** Adds up one session, newest interaction first. */
  private static final class Sum {
    private double values;
    private int interactions;
    private long began;
    private boolean shown;
    private @Nullable String type;

    void add(Row row) {
      values += row.value;
      interactions++;
      began = row.opened;
      shown |= row.shown;
      type = row.type == null ? type : row.type;
    }

    Judged judged() {
      return new Judged(Instant.ofEpochMilli(began), values / interactions, shown, type);
    }
  }

  private record Row(
      List<String> session, long opened, double value, boolean shown, @Nullable String type) {}

  @Override
  public Known known(String space) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT count(*), max(at) FROM outcome WHERE space = :space")
                .bind("space", space)
                .map(
                    (set, context) ->
                        new Known(set.getInt(1), Instant.ofEpochMilli(set.getLong(2))))
                .one());
  }

  @Override
  public List<Judged> judged(
      String space, Collection<String> metrics, Instant from, @Nullable Instant until, int most) {
    Map<List<String>, Sum> sums = new LinkedHashMap<>();
    rows(space, metrics, from, until, most)
        .forEach(row -> sums.computeIfAbsent(row.session, any -> new Sum()).add(row));
    List<Judged> judged = new ArrayList<>();
    sums.values().forEach(sum -> judged.add(sum.judged()));
    judged.sort(Comparator.comparing(Judged::began));
    return judged;
  }

  private List<Row> rows(
      String space, Collection<String> metrics, Instant from, @Nullable Instant until, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(JUDGED)
                .bindList("metrics", List.copyOf(metrics))
                .bind("space", space)
                .bind("from", from.toEpochMilli())
                .bind("until", until == null ? Long.MAX_VALUE : until.toEpochMilli())
                .bind("most", most)
                .map(
                    (set, context) ->
                        new Row(
                            List.of(set.getString("principal"), set.getString("session")),
                            set.getLong("opened_at"),
                            set.getDouble("value"),
                            set.getBoolean("shown"),
                            set.getString("type")))
                .list());
  }
}
