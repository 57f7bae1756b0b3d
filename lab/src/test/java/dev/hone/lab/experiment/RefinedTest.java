package dev.hone.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A saturated pool, and what refinement makes of it, on a small slice. */
class RefinedTest {

  @TempDir private Path folder;

  @Test
  void thePoolGrowsAndRefinementShrinksItTheMoreTheLowerTheThreshold() throws IOException {
    Path out = folder.resolve("run");
    JsonNode summary =
        LabFixture.summary(
            out,
            "refined",
            "--seeds",
            "1",
            "--limit",
            "4",
            "--iterations",
            "5",
            "--thresholds",
            "0.7,0.1",
            "--raw",
            "20");

    Map<String, Integer> items = new HashMap<>();
    summary
        .path("pools")
        .forEach(pool -> items.put(pool.path("arm").asText(), pool.path("items").asInt()));
    assertThat(items)
        .containsOnlyKeys(
            "full-1",
            "full-2",
            "full-5",
            "normalised-0.7-proved",
            "normalised-0.1-proved",
            "raw-20-proved",
            "normalised-0.7-unproved",
            "normalised-0.1-unproved",
            "raw-20-unproved");
    int lived = items.get("full-1");
    assertThat(lived).isBetween(30, 40);
    assertThat(items).containsEntry("full-5", 5 * lived);
    assertThat(items.get("normalised-0.7-unproved")).isLessThan(items.get("full-5"));
    assertThat(items.get("normalised-0.1-unproved"))
        .isLessThan(items.get("normalised-0.7-unproved"));
    assertThat(items.get("normalised-0.1-proved"))
        .as("the proof keeps apart what says something else")
        .isGreaterThan(items.get("normalised-0.1-unproved"));
    assertThat(summary.path("differences").size()).isEqualTo(7);
    assertThat(Files.readString(out.resolve("report.html"))).contains("<svg", "refine.proof");
    for (String file : List.of("saturation.csv", "sweep.csv", "sweep-raw.svg")) {
      assertThat(out.resolve(file)).exists();
    }
    assertThat(out.resolve("pools")).doesNotExist();
  }
}
