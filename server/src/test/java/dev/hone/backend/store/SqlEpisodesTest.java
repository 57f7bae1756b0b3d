package dev.hone.backend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.testing.EmbeddedStores;
import dev.hone.testing.Samples;
import dev.hone.testing.Stores;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The episodes in SQLite. */
class SqlEpisodesTest extends EpisodesContract {

  @RegisterExtension final EmbeddedStores stores = new EmbeddedStores();

  @Override
  Stores stores() {
    return stores.get();
  }

  private List<String> plan(String query) {
    return stores
        .get()
        .database()
        .read(
            handle ->
                handle
                    .createQuery("EXPLAIN QUERY PLAN " + query)
                    .bind("space", Samples.SPACE)
                    .bind("until", 0)
                    .bind("now", 0)
                    .map((set, context) -> set.getString("detail"))
                    .list());
  }

  /** What was learned from is by far the most, and grows. */
  @ParameterizedTest
  @ValueSource(strings = {Waiting.SINCE, Waiting.BACKLOG, Waiting.LEARNED_UNTIL})
  void whatWaitsIsFoundWithoutReadingWhatWasLearnedFrom(String query) {
    assertThat(plan(query))
        .filteredOn(step -> step.startsWith("SCAN") || step.startsWith("SEARCH"))
        .isNotEmpty()
        .allMatch(
            step ->
                step.matches(
                    ".*(interaction_unbuffered|interaction_episode|episode_waiting"
                        + "|episode_closed).*|(SCAN|SEARCH) \\(.*|SCAN CONSTANT ROW"),
            "reads what waits alone");
  }
}
