package dev.hone.backend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.testing.EmbeddedStores;
import dev.hone.testing.Samples;
import dev.hone.testing.Stores;
import java.util.Map;
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

  /** What was learned from is by far the most, and grows. */
  @ParameterizedTest
  @ValueSource(strings = {Waiting.SINCE, Waiting.BACKLOG, Waiting.LEARNED_UNTIL})
  void whatWaitsIsFoundWithoutReadingWhatWasLearnedFrom(String query) {
    assertThat(
            QueryPlan.reads(stores(), query, Map.of("space", Samples.SPACE, "until", 0, "now", 0)))
        .isNotEmpty()
        .allMatch(
            step ->
                step.matches(
                    ".*(interaction_unbuffered|interaction_episode|episode_waiting"
                        + "|episode_closed).*|(SCAN|SEARCH) \\(.*|SCAN CONSTANT ROW"),
            "reads what waits alone");
  }
}
