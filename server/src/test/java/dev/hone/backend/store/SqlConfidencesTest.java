package dev.hone.backend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.port.Confidences;
import dev.hone.testing.EmbeddedStores;
import dev.hone.testing.Samples;
import dev.hone.testing.Stores;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How sure models were, in SQLite. */
class SqlConfidencesTest extends ConfidencesContract {

  @RegisterExtension final EmbeddedStores stores = new EmbeddedStores();

  @Override
  Stores stores() {
    return stores.get();
  }

  @Override
  Confidences confidences() {
    return new SqlConfidences(stores.get().database());
  }

  @Test
  void daysAreReadFromAnIndexAlone() {
    assertThat(
            QueryPlan.reads(
                stores(),
                SqlConfidences.SAID,
                Map.of("space", Samples.SPACE, "metric", "correct", "from", "2026-01-01")))
        .singleElement()
        .asString()
        .contains("SEARCH confidence USING COVERING INDEX confidence_day", "day>?");
  }
}
