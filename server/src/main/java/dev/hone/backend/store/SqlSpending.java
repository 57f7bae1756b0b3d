package dev.hone.backend.store;

import dev.hone.port.Spending;
import java.time.Duration;
import java.time.LocalDate;

/** What learning cost, in SQL. */
public final class SqlSpending implements Spending {

  private final Database database;

  public SqlSpending(Database database) {
    this.database = database;
  }

  @Override
  public Cost on(String space, LocalDate day) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT calls, tokens, cpu_millis FROM spending WHERE space = :space AND day ="
                        + " :day")
                .bind("space", space)
                .bind("day", day.toString())
                .map(
                    (set, context) ->
                        new Cost(set.getLong(1), set.getLong(2), Duration.ofMillis(set.getLong(3))))
                .findOne()
                .orElse(Cost.NONE));
  }

  @Override
  public void add(String space, LocalDate day, Cost cost) {
    database.write(
        handle ->
            handle.execute(
                "INSERT INTO spending (space, day, calls, tokens, cpu_millis) VALUES (?, ?, ?, ?,"
                    + " ?) ON CONFLICT (space, day) DO UPDATE SET calls = calls + excluded.calls,"
                    + " tokens = tokens + excluded.tokens, cpu_millis = cpu_millis +"
                    + " excluded.cpu_millis",
                space,
                day.toString(),
                cost.calls(),
                cost.tokens(),
                cost.cpu().toMillis()));
  }
}
