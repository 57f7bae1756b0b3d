package dev.hone.backend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.port.Pool;
import dev.hone.testing.EmbeddedStores;
import dev.hone.testing.Samples;
import java.util.Map;
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

    assertThat(
            QueryPlan.reads(
                stores.get(), query, Map.of("space", Samples.SPACE, "id", "e1", "at", 1)))
        .hasSize(2)
        .allMatch(step -> step.contains("experience=?"));
  }
}
