package dev.hone.backend.store;

import dev.hone.port.Spending;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;

/** What learning and searching cost, in SQL. */
public final class SqlSpending implements Spending {

  /** The columns of a {@link Cost}, in its order. */
  static final String COSTS = "calls, tokens, cpu_millis, keeping_millis, searching_millis";

  private static final String ADD =
      """
      INSERT INTO spending (space, day, calls, tokens, cpu_millis, keeping_millis, searching_millis)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (space, day) DO UPDATE SET calls = calls + excluded.calls,
          tokens = tokens + excluded.tokens, cpu_millis = cpu_millis + excluded.cpu_millis,
          keeping_millis = keeping_millis + excluded.keeping_millis,
          searching_millis = searching_millis + excluded.searching_millis
      """;

  private static final long HALF_A_MILLISECOND = 500_000;

  private final Database database;

  public SqlSpending(Database database) {
    this.database = database;
  }

  /** Rounded, so that many short times do not vanish. */
  private static long millis(Duration time) {
    return time.plusNanos(HALF_A_MILLISECOND).toMillis();
  }

  /** Reads the columns of a cost, which are the first of a row. */
  static Cost cost(ResultSet row) throws SQLException {
    return new Cost(
        row.getLong(1),
        row.getLong(2),
        Duration.ofMillis(row.getLong(3)),
        Duration.ofMillis(row.getLong(4)),
        Duration.ofMillis(row.getLong(5)));
  }

  @Override
  public Cost on(String space, LocalDate day) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT " + COSTS + " FROM spending WHERE space = :space AND day = :day")
                .bind("space", space)
                .bind("day", day.toString())
                .map((set, context) -> cost(set))
                .findOne()
                .orElse(Cost.NONE));
  }

  @Override
  public void add(String space, LocalDate day, Cost cost) {
    database.write(
        handle ->
            handle.execute(
                ADD,
                space,
                day.toString(),
                cost.calls(),
                cost.tokens(),
                millis(cost.distilling()),
                millis(cost.keeping()),
                millis(cost.searching())));
  }
}
