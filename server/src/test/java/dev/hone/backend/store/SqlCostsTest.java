package dev.hone.backend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.port.Costs;
import dev.hone.testing.EmbeddedStores;
import dev.hone.testing.Samples;
import dev.hone.testing.Stores;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Costs in SQLite. */
class SqlCostsTest extends CostsContract {

  @RegisterExtension final EmbeddedStores stores = new EmbeddedStores();

  @Override
  Stores stores() {
    return stores.get();
  }

  @Override
  Costs costs() {
    return new SqlCosts(stores.get().database());
  }

  @Test
  void theRowsOfTheJournalAreNotRead() {
    Map<String, ?> since = Map.of("space", Samples.SPACE, "from", 0L);

    assertThat(QueryPlan.reads(stores(), SqlCosts.USED, since))
        .singleElement()
        .asString()
        .startsWith("SEARCH i USING COVERING INDEX interaction_cost (space=? AND opened_at>?");
    assertThat(QueryPlan.reads(stores(), SqlCosts.INJECTED, since))
        .hasSize(2)
        .satisfies(
            steps -> {
              assertThat(steps.getFirst())
                  .startsWith("SEARCH i USING COVERING INDEX interaction_cost (space=?");
              assertThat(steps.getLast())
                  .startsWith("SEARCH e USING INDEX sqlite_autoindex_exposure_1 (interaction=?");
            });
  }

  @Test
  void sessionsAreReadFromAnIndexAlone() {
    assertThat(
            QueryPlan.reads(
                stores(),
                SqlCosts.SESSIONS,
                Map.of(
                    "space", Samples.SPACE, "arm", "shown", "prompt", 1, "cached", 1, "answer", 1)))
        .filteredOn(step -> step.contains("session"))
        .isNotEmpty()
        .allMatch(step -> step.contains("USING COVERING INDEX session_cost (space=? AND arm=?"));
  }
}
