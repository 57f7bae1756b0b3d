package dev.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({"1e9, 0, false", "1e-9, 1, true"})
  void aCheckFailsWhenAFigureIsAboveItAndSaysWhich(String most, int code, boolean told) {
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new BenchCommand());
    line.setErr(new PrintWriter(err));

    int ended = line.execute("episodes", "--open", "50", "--assign", "50", "--check=" + most);

    assertThat(ended).isEqualTo(code);
    assertThat(err.toString().contains("the 99th percentile of an assignment")).isEqualTo(told);
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
            "--check=1e9",
            "--json");

    assertThat(figures.path("drained").asBoolean()).isTrue();
    assertThat(figures.path("failed").asInt()).isZero();
    assertThat(figures.path("ratio_p99").asDouble()).isPositive();
    assertThat(figures.at("/runs/0/backlog").size()).isPositive();
    assertThat(figures.at("/runs/1/learning").asBoolean()).isFalse();
  }
}
