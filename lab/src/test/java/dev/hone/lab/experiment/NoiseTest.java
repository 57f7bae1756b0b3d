package dev.hone.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What wrong corrections cost, and what the outcome loop keeps of it. */
class NoiseTest {

  @TempDir private Path folder;

  @Test
  void wrongCorrectionsCostAndTheLoopKeepsAShareOfThat() throws IOException {
    Path out = folder.resolve("run");

    JsonNode summary =
        LabFixture.summary(
            out,
            "noise",
            "--seeds",
            "1",
            "--epochs",
            "6",
            "--exams",
            "2",
            "--limit",
            "25",
            "--corrected",
            "0.5",
            "--wrong",
            "0.4");

    JsonNode arms = summary.path("arms");
    double clean = arms.path("clean").path("accuracy").asDouble();
    double noisy = arms.path("noisy").path("accuracy").asDouble();
    double on = arms.path("noisy, loop on").path("accuracy").asDouble();
    assertThat(clean).isGreaterThan(noisy + 0.1);
    assertThat(summary.path("lost").asDouble()).isCloseTo(clean - noisy, within(1e-9));
    assertThat(summary.path("kept").asDouble()).isCloseTo(on - noisy, within(1e-9));
    assertThat(summary.path("kept_share").asDouble())
        .isCloseTo((on - noisy) / (clean - noisy), within(1e-9))
        .isBetween(summary.path("kept_low").asDouble(), summary.path("kept_high").asDouble());
    assertThat(Files.readAllLines(out.resolve("records.jsonl"))).hasSize(4 * (6 + 2) * 25);
    LabFixture.assertReport(out);
  }

  @Test
  void whatCannotBeIsRefused() {
    String out = folder.resolve("run").toString();
    assertThat(LabFixture.lab("noise", "--out", out, "--wrong", "2").err())
        .contains("--wrong lies between 0 and 1.");
    assertThat(LabFixture.lab("noise", "--out", out, "--dropout", "0").code()).isEqualTo(2);
    assertThat(LabFixture.lab("noise", "--out", out, "--exams", "99").code()).isEqualTo(2);
    assertThat(Files.exists(folder.resolve("run"))).isFalse();
  }
}
