package dev.hone.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a model behind the OpenAI protocol, it answers, distills, and rewrites the sheet. */
class LanguageModelTest {

  private static final List<String> LANDS =
      List.of("Zanvia", "Oruk", "Mellin", "Tarsk", "Quillon", "Brevia");
  private static final List<String> COLOURS =
      List.of("teal", "ochre", "crimson", "ivory", "indigo", "amber");

  @TempDir private Path folder;

  @Test
  void allArmsAreAskedOfTheSameModel() throws IOException {
    try (ScriptedModel model = new ScriptedModel()) {
      Path out = folder.resolve("run");

      JsonNode summary = LabFixture.summary(out, command(model));

      JsonNode arms = summary.path("arms");
      assertThat(arms.path("plain").path("accuracy").asDouble()).isZero();
      assertThat(arms.path("experience").path("accuracy").asDouble()).isEqualTo(1);
      assertThat(arms.path("raw").path("accuracy").asDouble()).isEqualTo(1);
      assertThat(arms.path("sheet").path("accuracy").asDouble()).isEqualTo(1);
      assertThat(arms.path("experience").path("confidence_right").asDouble()).isEqualTo(0.9);
      assertThat(summary.path("lexical_reader").asBoolean()).isFalse();
      assertThat(summary.path("settings").path("model").asText()).isEqualTo("scripted-1");
      assertThat(model.models()).containsOnly("scripted-1");
      assertThat(Files.readString(out.resolve("report.html")))
          .contains("scripted-1")
          .doesNotContain("lexical reader", "extractive");
      JsonNode sheet =
          new ObjectMapper().readTree(Files.readAllLines(out.resolve("sheets.jsonl")).getFirst());
      assertThat(sheet.path("sheet").asText()).contains("Mellin", "crimson");
    }
  }

  @Test
  void whatAModelThatBreaksLeavesUndoneIsDoneByTheSameCommand() throws IOException {
    try (ScriptedModel model = new ScriptedModel()) {
      Path out = folder.resolve("run");
      model.broken(true);
      LabFixture.Result broken =
          LabFixture.lab(LabFixture.with(command(model), "--out", out.toString()));
      assertThat(broken.code()).isEqualTo(1);
      assertThat(broken.err())
          .contains("answered 500", "out of order", "give the same command again");
      model.broken(false);

      JsonNode summary = LabFixture.summary(out, command(model));

      assertThat(summary.path("arms").path("experience").path("accuracy").asDouble()).isEqualTo(1);
    }
  }

  private String[] command(ScriptedModel model) throws IOException {
    return new String[] {
      "generalized",
      "--seeds",
      "1",
      "--dataset",
      questions().toString(),
      "--upstream",
      model.url(),
      "--model",
      "scripted-1",
      "--parallel",
      "4",
      "--set",
      "episode.size=1",
      "--arms",
      "plain,raw,experience,sheet"
    };
  }

  /** The first choice is never right. */
  private Path questions() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < LANDS.size(); i++) {
      lines.add(
          String.format(
              Locale.ROOT,
              "{\"id\":\"l%d\",\"split\":\"train\",\"question\":\"What colour has the flag of"
                  + " %s?\",\"answer_text\":\"%s\"}",
              i,
              LANDS.get(i),
              COLOURS.get(i)));
      lines.add(
          String.format(
              Locale.ROOT,
              "{\"id\":\"a%d\",\"split\":\"test\",\"question\":\"Somebody paints the flag of %s:"
                  + " which colour?\",\"choices\":[\"mauve\",\"%s\",\"beige\"],\"answer\":1}",
              i,
              LANDS.get(i),
              COLOURS.get(i)));
    }
    return Files.write(folder.resolve("questions.jsonl"), lines);
  }
}
