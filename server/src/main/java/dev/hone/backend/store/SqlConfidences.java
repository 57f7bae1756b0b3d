package dev.hone.backend.store;

import dev.hone.port.Confidences;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Answers that said how sure the model was, in SQL. */
public final class SqlConfidences implements Confidences {

  static final String SAID =
      "SELECT day, arm, confidence, value FROM confidence WHERE space = :space AND metric = :metric"
          + " AND day >= :from ORDER BY day";

  private final Database database;

  public SqlConfidences(Database database) {
    this.database = database;
  }

  @Override
  public List<Said> said(String space, String metric, LocalDate from) {
    return database.read(
        handle ->
            handle
                .createQuery(SAID)
                .bind("space", space)
                .bind("metric", metric)
                .bind("from", from.toString())
                .map(
                    (set, context) ->
                        new Said(
                            LocalDate.parse(set.getString("day")),
                            Arm.valueOf(set.getString("arm").toUpperCase(Locale.ROOT)),
                            set.getDouble("confidence"),
                            set.getDouble("value")))
                .list());
  }

  @Override
  public Map<String, Integer> metrics(String space) {
    Map<String, Integer> metrics = new TreeMap<>();
    database
        .read(
            handle ->
                handle
                    .createQuery(
                        "SELECT metric, count(*) FROM confidence WHERE space = :space GROUP BY"
                            + " metric")
                    .bind("space", space)
                    .map((set, context) -> Map.entry(set.getString(1), set.getInt(2)))
                    .list())
        .forEach(each -> metrics.put(each.getKey(), each.getValue()));
    return metrics;
  }
}
