package dev.hone.backend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.port.Pool;
import dev.hone.testing.EmbeddedStores;
import dev.hone.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pool in SQLite: items. */
class SqlPoolTest extends PoolContract {

  @RegisterExtension final EmbeddedStores stores = new EmbeddedStores();

  @Override
  Pool pool() {
    return stores.get().pool();
  }

  @Test
  void anItemIsReadByItsIdAlsoAsItWasAfterACommit() {
    String query = Versions.queryAsOf("v.space = :space AND v.experience = :id");

    List<String> plan =
        stores
            .get()
            .database()
            .read(
                handle ->
                    handle
                        .createQuery("EXPLAIN QUERY PLAN " + query)
                        .bind("space", Samples.SPACE)
                        .bind("id", "e1")
                        .bind("at", 1)
                        .map((set, context) -> set.getString("detail"))
                        .list());

    assertThat(plan)
        .filteredOn(step -> step.startsWith("SCAN") || step.startsWith("SEARCH"))
        .hasSize(2)
        .allMatch(step -> step.contains("experience=?"));
  }
}
