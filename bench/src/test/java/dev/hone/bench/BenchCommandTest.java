package dev.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The benchmarks run, small, and print what they claim to measure. */
class BenchCommandTest {

  private static JsonNode bench(String... arguments) throws Exception {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new BenchCommand());
    line.setOut(new PrintWriter(out));
    assertThat(line.execute(arguments)).isZero();
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void episodesAreCountedAndComparedWithTheBaseline() throws Exception {
    JsonNode figures = bench("episodes", "--open", "100", "--assign", "200", "--json");

    assertThat(figures.path("open").asInt()).isBetween(90, 100);
    assertThat(figures.path("assigned").asInt()).isEqualTo(200);
    assertThat(figures.path("ratio_p50").asDouble()).isPositive();
  }

  @Test
  void learningBesideRequestsDrainsItsBacklogAndFailsNone() throws Exception {
    JsonNode figures =
        bench(
            "learning",
            "--rate",
            "20",
            "--seconds",
            "2",
            "--rounds",
            "1",
            "--lessons",
            "10",
            "--json");

    assertThat(figures.path("drained").asBoolean()).isTrue();
    assertThat(figures.path("failed").asInt()).isZero();
    assertThat(figures.path("ratio_p99").asDouble()).isPositive();
    assertThat(figures.at("/runs/0/backlog").size()).isPositive();
    assertThat(figures.at("/runs/1/learning").asBoolean()).isFalse();
  }
}
