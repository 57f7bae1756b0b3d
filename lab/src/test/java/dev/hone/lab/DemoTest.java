package dev.hone.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The demo runs, on the bundled questions and on a slice of real ones, and finds what it claims.
 */
class DemoTest {

  private static final Path DATA = Path.of("..", "..", "shared", "data");

  @Test
  void onTheBundledQuestionsExperienceHelpsAndTheControlsDoNot() throws IOException {
    JsonNode report = demo();
    double chance = report.path("before").path("high").asDouble();
    assertThat(report.path("after").path("low").asDouble()).isGreaterThan(chance);
    assertThat(report.path("shuffled").path("accuracy").asDouble()).isLessThan(0.40);
    assertThat(report.path("injectedOnUnanswerable").asInt(-1)).isZero();
    assertThat(report.path("experiencesRefined").asInt())
        .isLessThan(report.path("experiences").asInt());
    assertThat(report.path("interactions").asInt()).isGreaterThanOrEqualTo(150);
    assertThat(report.path("injectedTokensMean").asDouble()).isPositive();
    assertThat(report.path("overheadMs").path("p99").asDouble()).isPositive();
    assertThat(report.path("raw").path("questions").asInt())
        .isEqualTo(report.path("after").path("questions").asInt());
  }

  @Test
  void onASliceOfSciqExperienceHelpsAndShuffledCorrectionsDoNot(@TempDir Path folder)
      throws IOException {
    assumeTrue(
        Files.isDirectory(DATA), "SciQ is not at hand: its licence keeps it out of this project");
    Path train = slice(DATA.resolve("sciq_open.jsonl.gz"), folder.resolve("train.jsonl"), 2_500);
    Path test = slice(DATA.resolve("sciq_mc_test.jsonl.gz"), folder.resolve("test.jsonl"), 300);
    JsonNode report = demo("--train", train.toString(), "--test", test.toString());
    assertThat(report.path("before").path("accuracy").asDouble()).isLessThanOrEqualTo(0.32);
    assertThat(report.path("after").path("low").asDouble())
        .isGreaterThan(report.path("before").path("high").asDouble());
    assertThat(report.path("shuffled").path("accuracy").asDouble()).isLessThanOrEqualTo(0.36);
    assertThat(report.path("injectedOnUnanswerable").isNull()).isTrue();
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    StringBuilder said = new StringBuilder();
    int code = run(said, "--train", "/nowhere/a.jsonl", "--test", "/nowhere/b.jsonl");
    assertThat(code).isEqualTo(1);
    assertThat(said).contains("There is no file /nowhere/");
  }

  @Test
  void optionsThatBelongTogetherAreAskedForTogether() {
    StringBuilder said = new StringBuilder();
    assertThat(run(said, "--upstream", "http://localhost:1")).isEqualTo(2);
    assertThat(said).contains("--upstream and --model go together");
  }

  /**
   * Runs the demo with {@code --once --json}; standard output must hold one JSON object and nothing
   * else.
   */
  private static JsonNode demo(String... options) throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringBuilder said = new StringBuilder();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      assertThat(run(said, options)).as(said.toString()).isZero();
    } finally {
      System.setOut(before);
    }
    String printed = out.toString(StandardCharsets.UTF_8);
    assertThat(printed.strip()).doesNotContain("\n");
    return new ObjectMapper().readTree(printed);
  }

  private static int run(StringBuilder said, String... options) {
    List<String> arguments = new ArrayList<>(List.of("--once", "--json"));
    arguments.addAll(List.of(options));
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new DemoCommand()).setErr(new PrintWriter(err, true));
    int code = line.execute(arguments.toArray(String[]::new));
    said.append(err);
    return code;
  }

  private static Path slice(Path from, Path to, int lines) throws IOException {
    List<String> kept = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(from)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine();
          line != null && kept.size() < lines;
          line = reader.readLine()) {
        kept.add(line);
      }
    }
    return Files.write(to, kept);
  }
}
