package dev.hone.backend.store;

import dev.hone.port.Costs;
import dev.hone.port.Spending;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** What was spent, in SQL: read from indexes alone, but for the items of prompts. */
public final class SqlCosts implements Costs {

  /** Milliseconds of a day. */
  private static final long DAY = 86_400_000;

  private static final String ANSWERED =
      " i.space = :space AND i.opened_at >= :from AND i.completed_at IS NOT NULL AND i.source IS"
          + " NULL GROUP BY 1";

  static final String USED =
      "SELECT i.opened_at / "
          + DAY
          + " AS day, count(*) AS interactions, count(i.prompt_tokens) AS counted,"
          + " total(i.prompt_tokens) AS prompt, total(i.cached_tokens) AS cached,"
          + " total(i.answer_tokens) AS answer FROM interaction i WHERE"
          + ANSWERED;

  /**
   * From the interactions of these days to their items, never the other way; the plus keeps the
   * index over the items of a space out of it.
   */
  static final String INJECTED =
      "SELECT i.opened_at / "
          + DAY
          + " AS day, count(DISTINCT i.id) AS augmented, total(e.tokens) AS injected FROM"
          + " interaction i CROSS JOIN exposure e ON e.interaction = i.id AND +e.space = i.space"
          + " WHERE"
          + ANSWERED;

  private static final String LEARNED =
      "SELECT "
          + SqlSpending.COSTS
          + ", day FROM spending WHERE space = :space AND day >= :day AND calls + tokens +"
          + " cpu_millis + keeping_millis + searching_millis > 0";

  static final String SESSIONS =
      """
      WITH priced AS (
        SELECT (tokens - cached_tokens - answer_tokens) * :prompt + cached_tokens * :cached
            + answer_tokens * :answer AS cost
        FROM session
        WHERE space = :space AND arm = :arm AND holdout > 0 AND tokens IS NOT NULL)
      SELECT count(*), total(cost) / count(*), total((cost - mean) * (cost - mean))
      FROM priced, (SELECT avg(cost) AS mean FROM priced)
      """;

  private final Database database;

  public SqlCosts(Database database) {
    this.database = database;
  }

  @Override
  public List<Day> days(String space, LocalDate from) {
    return database.read(
        handle -> {
          Days days = new Days();
          long start = from.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
          learned(handle, space, from, days);
          used(handle, space, start, days);
          injected(handle, space, start, days);
          return List.copyOf(days.byDate.values());
        });
  }

  /** Days that are being put together. */
  private static final class Days {
    private final TreeMap<LocalDate, Day> byDate = new TreeMap<>();

    void change(LocalDate date, UnaryOperator<Day> change) {
      Day empty = new Day(date, Spending.Cost.NONE, 0, 0, 0, 0, new Tokens(0, 0, 0));
      byDate.put(date, change.apply(byDate.getOrDefault(date, empty)));
    }
  }

  private static void learned(Handle handle, String space, LocalDate from, Days days) {
    record Learned(LocalDate day, Spending.Cost cost) {}
    Consumer<Learned> take =
        each ->
            days.change(
                each.day,
                day ->
                    new Day(
                        day.day(),
                        each.cost,
                        day.interactions(),
                        day.uncounted(),
                        day.augmented(),
                        day.injected(),
                        day.tokens()));
    handle
        .createQuery(LEARNED)
        .bind("space", space)
        .bind("day", from.toString())
        .map(
            (set, context) ->
                new Learned(LocalDate.parse(set.getString("day")), SqlSpending.cost(set)))
        .forEach(take);
  }

  private static void used(Handle handle, String space, long from, Days days) {
    record Used(LocalDate day, int interactions, int counted, Tokens tokens) {}
    Consumer<Used> take =
        each ->
            days.change(
                each.day,
                day ->
                    new Day(
                        day.day(),
                        day.spent(),
                        each.interactions,
                        each.interactions - each.counted,
                        day.augmented(),
                        day.injected(),
                        each.tokens));
    handle
        .createQuery(USED)
        .bind("space", space)
        .bind("from", from)
        .map(
            (set, context) ->
                new Used(
                    LocalDate.ofEpochDay(set.getLong("day")),
                    set.getInt("interactions"),
                    set.getInt("counted"),
                    new Tokens(
                        set.getLong("prompt"), set.getLong("cached"), set.getLong("answer"))))
        .forEach(take);
  }

  private static void injected(Handle handle, String space, long from, Days days) {
    record Injected(LocalDate day, int augmented, long tokens) {}
    Consumer<Injected> take =
        each ->
            days.change(
                each.day,
                day ->
                    new Day(
                        day.day(),
                        day.spent(),
                        day.interactions(),
                        day.uncounted(),
                        each.augmented,
                        each.tokens,
                        day.tokens()));
    handle
        .createQuery(INJECTED)
        .bind("space", space)
        .bind("from", from)
        .map(
            (set, context) ->
                new Injected(
                    LocalDate.ofEpochDay(set.getLong("day")),
                    set.getInt("augmented"),
                    set.getLong("injected")))
        .forEach(take);
  }

  @Override
  public Spending.Cost spent(String space) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT total(calls), total(tokens), total(cpu_millis), total(keeping_millis),"
                        + " total(searching_millis) FROM spending WHERE space = :space")
                .bind("space", space)
                .map((set, context) -> SqlSpending.cost(set))
                .one());
  }

  @Override
  public Sample sessions(String space, boolean shown, Weights weights) {
    return database.read(
        handle ->
            handle
                .createQuery(SESSIONS)
                .bind("space", space)
                .bind("arm", shown ? "shown" : "holdout")
                .bind("prompt", weights.prompt())
                .bind("cached", weights.cached())
                .bind("answer", weights.answer())
                .map((set, context) -> sample(set.getInt(1), set.getDouble(2), set.getDouble(3)))
                .one());
  }

  private static Sample sample(int size, double mean, double squares) {
    return size == 0 ? Sample.NONE : new Sample(size, mean, size < 2 ? 0 : squares / (size - 1));
  }
}
