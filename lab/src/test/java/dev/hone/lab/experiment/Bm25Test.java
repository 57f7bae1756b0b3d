package dev.hone.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One pool, asked with other parameters of retrieval. */
class Bm25Test {

  @TempDir private Path folder;

  @Test
  void eachParameterIsChangedByItself() throws IOException {
    Path out = folder.resolve("run");

    JsonNode summary =
        LabFixture.summary(
            out, "bm25", "--seeds", "1", "--limit", "6", "--k1", "0,3", "--b", "1", "--k", "1");

    JsonNode arms = summary.path("arms");
    assertThat(arms.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("plain", "default", "k1-0", "k1-3", "b-1", "k-1");
    assertThat(arms.path("default").path("accuracy").asDouble())
        .isGreaterThan(arms.path("plain").path("accuracy").asDouble());
    assertThat(arms.path("k-1").path("tokens").asDouble())
        .isLessThan(arms.path("default").path("tokens").asDouble());
    assertThat(summary.path("differences").size()).isEqualTo(5);
    assertThat(out.resolve("k1.svg")).exists();
    LabFixture.assertReport(out);
  }

  @Test
  void valuesOutOfRangeAreUsageErrors() {
    LabFixture.Result result =
        LabFixture.lab("bm25", "--k", "9", "--out", folder.resolve("run").toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--k takes values from 1 to 5");
  }
}
