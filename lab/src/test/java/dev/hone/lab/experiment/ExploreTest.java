package dev.hone.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.lab.environment.CorridorServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An agent acts, learns from what it earns, and earns more. */
class ExploreTest {

  private static final Path AIRLINE =
      Path.of("..", "..", "shared", "data", "taubench_airline_gpt4o.jsonl.gz");

  @TempDir private Path folder;
  private Path out;
  private StringWriter said;
  private StringWriter err;

  @BeforeEach
  void prepare() {
    out = folder.resolve("run");
    said = new StringWriter();
    err = new StringWriter();
  }

  private int run(String... options) {
    List<String> all = new ArrayList<>(List.of("--out", out.toString(), "--json", "--seeds", "1"));
    all.addAll(List.of(options));
    return new CommandLine(new ExploreCommand())
        .setOut(new PrintWriter(said, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private JsonNode summary(String... options) throws IOException {
    assertThat(run(options)).as(err.toString()).isZero();
    JsonNode printed = new ObjectMapper().readTree(said.toString());
    assertThat(new ObjectMapper().readTree(out.resolve("summary.json").toFile()))
        .isEqualTo(printed);
    return printed;
  }

  @Test
  void correctedQuestionsThatComeAgainEarnMoreThanTheControl() throws IOException {
    JsonNode summary = summary("--limit", "12", "--episodes", "60");

    JsonNode last = summary.path("windows").path(summary.path("windows").size() - 1);
    assertThat(last.path("experience").path("reward").asDouble()).isGreaterThan(0.7);
    assertThat(summary.at("/arms/control/reward").asDouble()).isLessThan(0.6);
    assertThat(summary.at("/differences/0/low").asDouble()).isPositive();
    assertThat(summary.at("/arms/experience/episodes").asInt()).isEqualTo(60);
    assertThat(summary.path("stopped")).isEmpty();
    assertThat(Files.readString(out.resolve("report.html"))).contains("<svg", "Reward over time");
    assertThat(out.resolve("windows.csv")).exists();
  }

  @Test
  void theSameCommandAgainAsksNothingAndEndsInTheSame() throws IOException {
    String[] options = {"--limit", "5", "--episodes", "10"};
    JsonNode first = summary(options);
    said.getBuffer().setLength(0);
    long records = Files.size(out.resolve("episodes.jsonl"));
    assertThat(summary(options)).isEqualTo(first);
    assertThat(Files.size(out.resolve("episodes.jsonl"))).isEqualTo(records);
  }

  @Test
  void whatIsNotAllowedNeverReachesTheEnvironment() throws IOException {
    try (CorridorServer corridor = new CorridorServer()) {
      JsonNode summary =
          summary(
              "--environment",
              corridor.url(),
              "--allow",
              "ri*",
              "--episodes",
              "8",
              "--steps",
              "20",
              "--epsilon",
              "0.5");
      assertThat(corridor.actions()).isNotEmpty().containsOnly("right");
      assertThat(summary.at("/arms/experience/reward").asDouble()).isEqualTo(1);
      assertThat(summary.at("/arms/control/drawn").asInt()).isPositive();
    }
  }

  @Test
  void anActionThatIsNotOfferedIsRefusedAndCounted() throws IOException {
    try (CorridorServer corridor = new CorridorServer()) {
      JsonNode summary =
          summary(
              "--environment", corridor.url(), "--allow", "fly", "--episodes", "2", "--steps", "3");
      assertThat(corridor.actions()).isEmpty();
      assertThat(summary.at("/arms/experience/refused").asInt()).isEqualTo(6);
      assertThat(summary.at("/arms/experience/steps").asInt()).isEqualTo(6);
      assertThat(summary.at("/arms/experience/reward").asDouble()).isZero();
    }
  }

  @Test
  void whenTheTokensAreUsedUpItStopsInOrderAndSaysSo() throws IOException {
    JsonNode summary = summary("--limit", "12", "--episodes", "500", "--tokens", "2000");

    assertThat(summary.path("stopped").path(0).asText()).contains("of 2000 tokens are used");
    int lived = summary.at("/arms/experience/episodes").asInt();
    assertThat(lived).isPositive().isLessThan(500);
    assertThat(summary.at("/arms/control/episodes").asInt()).isEqualTo(lived);
  }

  @Test
  void whenTheBudgetEndsBeforeTheFirstEpisodeThatIsSaid() throws IOException {
    JsonNode summary = summary("--limit", "12", "--episodes", "500", "--tokens", "1");

    assertThat(summary.path("stopped").path(0).asText()).contains("of 1 tokens are used");
    assertThat(summary.at("/arms/experience/episodes").asInt()).isZero();
  }

  @Test
  void recordedRunsArePlayedAndTheirToolsLearned() throws IOException {
    assumeTrue(Files.exists(AIRLINE), "the recorded runs of tau-bench are not at hand");
    JsonNode summary = summary("--replay", AIRLINE.toString(), "--episodes", "6", "--steps", "10");
    assertThat(summary.at("/arms/experience/steps").asInt()).isGreaterThan(30);
    assertThat(summary.at("/arms/experience/reward").asDouble())
        .isGreaterThanOrEqualTo(summary.at("/arms/control/reward").asDouble());
  }

  @Test
  void anEnvironmentThatIsNotThereIsNamed() {
    assertThat(run("--environment", "http://127.0.0.1:1")).isEqualTo(1);
    assertThat(err.toString()).contains("http://127.0.0.1:1/reset cannot be asked");
  }

  @Test
  void optionsThatMakeNoSenseAreUsageErrors() {
    assertThat(run("--epsilon", "2")).isEqualTo(2);
    assertThat(err.toString()).contains("--epsilon lies in [0, 1]");
    assertThat(run("--replay", "a", "--environment", "http://b")).isEqualTo(2);
  }
}
