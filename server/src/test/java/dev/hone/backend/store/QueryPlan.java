package dev.hone.backend.store;

import dev.hone.testing.Stores;
import java.util.List;
import java.util.Map;

/** How SQLite would answer a query: which tables and indexes it reads, step by step. */
final class QueryPlan {

  private QueryPlan() {}

  /** The steps that read something, with these values bound. */
  static List<String> reads(Stores stores, String query, Map<String, ?> values) {
    return stores
        .database()
        .read(
            handle ->
                handle
                    .createQuery("EXPLAIN QUERY PLAN " + query)
                    .bindMap(values)
                    .map((set, context) -> set.getString("detail"))
                    .filter(step -> step.startsWith("SCAN") || step.startsWith("SEARCH"))
                    .list());
  }
}
