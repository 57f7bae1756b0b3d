package dev.hone.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other instructions to the model: for language models only. */
class PromptsTest {

  @TempDir private Path folder;

  @Test
  void theBuiltInModelIsRefusedWithAReason() {
    LabFixture.Result result = LabFixture.lab("prompts", "--out", folder.resolve("run").toString());
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("lexical reader that heeds no instruction", "--upstream URL");
  }

  @Test
  void aLanguageModelIsAskedWithEachInstructionWithAndWithoutExperience() throws IOException {
    Path own = Files.writeString(folder.resolve("curt.txt"), "Be curt.");
    Path out = folder.resolve("run");
    try (ScriptedModel model = new ScriptedModel()) {
      JsonNode summary =
          LabFixture.summary(
              out,
              "prompts",
              "--seeds",
              "1",
              "--limit",
              "3",
              "--upstream",
              model.url(),
              "--model",
              "scripted-1",
              "--set",
              "episode.size=1",
              "--prompt",
              own.toString());

      assertThat(summary.path("arms").properties())
          .extracting(Map.Entry::getKey)
          .containsExactly(
              "standard-plain",
              "standard-experience",
              "none-plain",
              "none-experience",
              "brief-plain",
              "brief-experience",
              "notes-plain",
              "notes-experience",
              "curt.txt-plain",
              "curt.txt-experience");
      assertThat(summary.at("/settings/instructions/curt.txt").asText()).isEqualTo("Be curt.");
      assertThat(model.instructions()).contains("Be curt.");
      LabFixture.assertReport(out);
    }
  }
}
