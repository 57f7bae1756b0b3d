package dev.hone.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arms live through the same questions and are asked the same others. */
class GeneralizedTest {

  @TempDir private Path folder;

  @Test
  void onTheBundledQuestionsExperienceHelpsAndTheControlDoesNot() throws IOException {
    Path out = folder.resolve("run");

    JsonNode summary = LabFixture.summary(out, "generalized", "--seeds", "2");

    JsonNode arms = summary.path("arms");
    assertThat(arms.path("experience").path("low").asDouble())
        .isGreaterThan(arms.path("plain").path("high").asDouble());
    assertThat(arms.path("shuffled").path("accuracy").asDouble()).isLessThan(0.4);
    assertThat(arms.path("experience").path("asked").asInt())
        .isEqualTo(2 * arms.path("experience").path("questions").asInt());
    assertThat(arms.path("plain").path("tokens").asDouble()).isZero();
    assertThat(arms.path("experience").path("tokens").asDouble()).isBetween(1.0, 800.0);
    assertThat(arms.path("sheet").path("tokens").asDouble()).isBetween(400.0, 800.0);
    JsonNode gain = summary.path("differences").path(0);
    assertThat(gain.path("over").asText()).isEqualTo("plain");
    assertThat(gain.path("low").asDouble()).isGreaterThan(0.25);
    assertThat(gain.path("published").asDouble()).isEqualTo(0.046);
    assertThat(gain.path("seeds")).hasSize(2);
    assertThat(summary.path("lexical_reader").asBoolean()).isTrue();
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("lexical reader, not a language model");
    LabFixture.assertReport(out);
    assertThat(Files.readAllLines(out.resolve("records.jsonl"))).hasSize(2 * 5 * 96);
    assertThat(out.resolve("pools")).doesNotExist();
  }

  @Test
  void onASliceOfMmluSubjectsVary() throws IOException {
    assumeTrue(Files.isDirectory(LabFixture.DATA), "MMLU is not at hand");

    Path out = folder.resolve("mmlu");
    JsonNode summary =
        LabFixture.summary(
            out,
            "generalized",
            "--dataset",
            "mmlu",
            "--data",
            LabFixture.DATA.toString(),
            "--limit",
            "60",
            "--seeds",
            "1",
            "--arms",
            "plain,experience");

    assertThat(summary.path("arms").path("experience").path("questions").asInt()).isEqualTo(60);
    assertThat(summary.path("topics").path("plain").path("topics").asInt()).isGreaterThan(20);
    assertThat(summary.path("topics").path("plain").path("variance").asDouble()).isPositive();
    assertThat(out.resolve("topics.csv")).content().contains("astronomy").startsWith("topic,arm");
  }

  @Test
  void aRunThatIsDoneIsNotAskedAgain() throws IOException {
    Path out = folder.resolve("run");
    String[] command = {"generalized", "--seeds", "1", "--limit", "5", "--arms", "plain"};
    LabFixture.summary(out, command);
    List<String> records = Files.readAllLines(out.resolve("records.jsonl"));
    String summary = Files.readString(out.resolve("summary.json"));

    LabFixture.summary(out, command);

    assertThat(Files.readAllLines(out.resolve("records.jsonl"))).isEqualTo(records);
    assertThat(out.resolve("summary.json")).hasContent(summary);
  }

  @Test
  void aFolderOfAnotherRunIsRefusedByNameOfWhatDiffers() throws IOException {
    Path out = folder.resolve("run");
    LabFixture.summary(out, "generalized", "--seeds", "1", "--limit", "5", "--arms", "plain");

    LabFixture.Result other =
        LabFixture.lab(
            "generalized",
            "--seeds",
            "2",
            "--limit",
            "5",
            "--arms",
            "plain",
            "--out",
            out.toString());

    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err()).contains("holds another run: seeds is 2, there 1.");
  }

  @Test
  void aFolderOfSomethingElseIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("letter.txt"), "Dear all");

    LabFixture.Result result = LabFixture.lab("generalized", "--out", folder.toString());

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("is not empty and holds no run");
    assertThat(folder.toFile().list()).containsExactly("letter.txt");
  }

  @Test
  void whatIsMissingIsNamedWithWhatToDo() {
    String out = folder.resolve("run").toString();

    assertThat(LabFixture.lab("generalized", "--dataset", "sciq", "--out", out).err())
        .contains("sciq_open.jsonl.gz with --data DIR");
    assertThat(
            LabFixture.lab(
                    "generalized", "--dataset", "mmlu", "--data", folder.toString(), "--out", out)
                .err())
        .contains("There is no mmlu.jsonl.gz in ");
    assertThat(LabFixture.lab("generalized", "--dataset", "nowhere", "--out", out).err())
        .contains("neither a data set nor a file 'nowhere'");
    assertThat(LabFixture.lab("generalized").code()).isEqualTo(2);
    assertThat(LabFixture.lab("generalized", "--out", out, "--seeds", "0").code()).isEqualTo(2);
    assertThat(LabFixture.lab("generalized", "--out", out, "--model", "m").err())
        .contains("--upstream and --model go together");
    assertThat(LabFixture.lab().code()).isEqualTo(2);
  }
}
