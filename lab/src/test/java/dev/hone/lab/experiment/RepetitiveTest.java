package dev.hone.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients ask the same questions again and again; each epoch corrects some. */
class RepetitiveTest {

  @TempDir private Path folder;

  @Test
  void accuracyRisesAndSharingHelpsEveryClient() throws IOException {
    Path out = folder.resolve("run");

    JsonNode summary =
        LabFixture.summary(
            out, "repetitive", "--seeds", "1", "--clients", "3", "--epochs", "4", "--limit", "40");

    assertRisesAndHelps(summary, 4);
    assertThat(Files.readAllLines(out.resolve("records.jsonl"))).hasSize(2 * 3 * 4 * 40);
    LabFixture.assertReport(out);
    assertThat(out.resolve("accuracy.svg")).exists();
    assertThat(out.resolve("confidence.svg")).exists();
  }

  @Test
  void onASliceOfSciqToo() throws IOException {
    assumeTrue(Files.isDirectory(LabFixture.DATA), "SciQ is not at hand");

    JsonNode summary =
        LabFixture.summary(
            folder.resolve("run"),
            "repetitive",
            "--dataset",
            "sciq",
            "--data",
            LabFixture.DATA.toString(),
            "--seeds",
            "1",
            "--clients",
            "2",
            "--epochs",
            "3",
            "--limit",
            "60");

    assertRisesAndHelps(summary, 3);
  }

  private static void assertRisesAndHelps(JsonNode summary, int epochs) {
    for (String pool : List.of("shared", "private")) {
      JsonNode first = epoch(summary, pool, 1);
      JsonNode last = epoch(summary, pool, epochs);
      assertThat(last.path("accuracy").asDouble())
          .isGreaterThan(first.path("accuracy").asDouble() + 0.1);
      assertThat(last.path("auc").asDouble()).isGreaterThan(first.path("auc").asDouble());
      assertThat(separation(last)).isGreaterThan(separation(first));
      JsonNode change = figure(summary.path("calibration_change"), pool, "auc");
      assertThat(change.path("value").asDouble())
          .isCloseTo(last.path("auc").asDouble() - first.path("auc").asDouble(), within(1e-9));
      assertThat(change.path("low").asDouble()).isPositive();
      JsonNode brier = figure(summary.path("calibration"), pool + " epoch " + epochs, "brier");
      assertThat(brier.path("value").asDouble()).isEqualTo(last.path("brier").asDouble());
      assertThat(brier.path("low").asDouble()).isLessThan(brier.path("value").asDouble());
      assertThat(brier.path("high").asDouble()).isGreaterThan(brier.path("value").asDouble());
    }
    assertThat(summary.path("clients")).isNotEmpty();
    for (JsonNode client : summary.path("clients")) {
      assertThat(client.path("gain").path("difference").asDouble())
          .as(client.toString())
          .isPositive();
    }
    assertThat(summary.path("arms").path("shared").path("accuracy").asDouble())
        .isEqualTo(epoch(summary, "shared", epochs).path("accuracy").asDouble());
  }

  private static JsonNode figure(JsonNode list, String of, String figure) {
    for (JsonNode each : list) {
      if (each.path("of").asText().equals(of) && each.path("figure").asText().equals(figure)) {
        return each;
      }
    }
    throw new AssertionError("no " + figure + " of " + of);
  }

  private static double separation(JsonNode epoch) {
    return epoch.path("confidence_right").asDouble() - epoch.path("confidence_wrong").asDouble();
  }

  private static JsonNode epoch(JsonNode summary, String pool, int epoch) {
    for (JsonNode each : summary.path("epochs")) {
      if (each.path("arm").asText().equals(pool) && each.path("epoch").asInt() == epoch) {
        return each;
      }
    }
    throw new AssertionError("no epoch " + epoch + " of " + pool);
  }

  @Test
  void whatCannotBeIsRefused() {
    String out = folder.resolve("run").toString();
    assertThat(LabFixture.lab("repetitive", "--out", out, "--epochs", "1").err())
        .contains("--epochs is at least 2.");
    assertThat(LabFixture.lab("repetitive", "--out", out, "--corrected", "1.5").code())
        .isEqualTo(2);
    assertThat(Files.exists(folder.resolve("run"))).isFalse();
  }
}
