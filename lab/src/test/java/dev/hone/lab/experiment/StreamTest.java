package dev.hone.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code longitudinal} and {@code frequency}, on a short stream of a few questions. */
class StreamTest {

  @TempDir private Path folder;

  @Test
  void overAStreamAccuracyStorageAndCostAreTold() throws IOException {
    String[] command = {
      "longitudinal",
      "--seeds",
      "1",
      "--limit",
      "3",
      "--queries",
      "120",
      "--windows",
      "4",
      "--batch",
      "15"
    };
    Path out = folder.resolve("run");

    JsonNode summary = LabFixture.summary(out, command);

    JsonNode arms = summary.path("arms");
    assertThat(arms.at("/experience/low").asDouble())
        .isGreaterThan(arms.at("/control/high").asDouble());
    JsonNode windows = summary.path("streams").path(0).path("windows");
    assertThat(windows.size()).isEqualTo(4);
    JsonNode first = windows.path(0);
    JsonNode last = windows.path(3);
    assertThat(last.path("queries").asInt()).isEqualTo(30);
    assertThat(last.path("right").asInt()).isGreaterThan(first.path("right").asInt());
    assertThat(last.path("right").asInt()).isGreaterThan(last.path("control").asInt());
    assertThat(last.path("items").asInt()).isGreaterThan(first.path("items").asInt());
    assertThat(last.path("commits").asInt()).isGreaterThanOrEqualTo(first.path("commits").asInt());
    assertThat(last.path("bytes").asLong()).isPositive();
    assertThat(last.path("journal").asLong()).isGreaterThan(first.path("journal").asLong());
    assertThat(first.path("learning").asDouble()).isPositive();
    assertThat(out.resolve("accuracy.csv")).exists();
    assertThat(out.resolve("cost.csv")).exists();
    LabFixture.assertReport(out);

    long size = Files.size(out.resolve("streams.jsonl"));
    assertThat(LabFixture.summary(out, command)).as("nothing is asked again").isEqualTo(summary);
    assertThat(Files.size(out.resolve("streams.jsonl"))).isEqualTo(size);
  }

  @Test
  void theOftenerItIsRefinedTheMoreCommitsOfRefinementThereAre() throws IOException {
    Path out = folder.resolve("run");

    JsonNode summary =
        LabFixture.summary(
            out,
            "frequency",
            "--seeds",
            "1",
            "--limit",
            "3",
            "--queries",
            "60",
            "--batch",
            "10",
            "--growths",
            "0,1.05",
            "--set",
            "pool.admission=false");

    JsonNode never = summary.path("streams").path(0);
    JsonNode often = summary.path("streams").path(1);
    assertThat(never.path("growth").asDouble()).isZero();
    assertThat(never.path("windows").path(4).path("refinements").asInt()).isZero();
    assertThat(often.path("windows").path(4).path("refinements").asInt()).isPositive();
    assertThat(often.path("windows").path(4).path("items").asInt())
        .isLessThan(never.path("windows").path(4).path("items").asInt());
    LabFixture.assertReport(out);
  }

  @Test
  void factorsThatMakeNoSenseAreUsageErrors() {
    String out = folder.resolve("run").toString();
    assertThat(LabFixture.lab("frequency", "--growths", "0.5", "--out", out).code()).isEqualTo(2);
    LabFixture.Result result = LabFixture.lab("longitudinal", "--queries", "3", "--out", out);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--queries as many");
  }
}
