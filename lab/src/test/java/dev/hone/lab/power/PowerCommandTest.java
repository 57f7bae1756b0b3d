package dev.hone.lab.power;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command prints, writes and refuses. */
class PowerCommandTest {

  private static final List<String> SMALL =
      List.of(
          "--lift=0,-0.2",
          "--holdout=0.5",
          "--sessions=50,200",
          "--dropout=0.5",
          "--item-sessions=200",
          "--repetitions=4");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... more) {
    List<String> arguments = new ArrayList<>(SMALL);
    arguments.addAll(List.of(more));
    return new CommandLine(new PowerCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }

  @Test
  void theTablesArePrintedTheNumbersOfSessionsSideBySide() {
    assertThat(run()).isZero();

    assertThat(out.toString().lines().filter(line -> line.startsWith("|")))
        .as("lifts, detectable, width, items")
        .hasSize(2 + 2 + 2 + 1 + 2 + 1 + 2 + 1);
    assertThat(out.toString())
        .contains("|  lift | held out | 50 sessions | 200 sessions | covered |")
        .contains("| -0.20 |     0.50 |");
  }

  @Test
  void theSameIsWrittenAsJsonAndAsCsv() throws Exception {
    assertThat(run("--json", "--out", folder.resolve("run").toString())).isZero();

    JsonNode printed = new ObjectMapper().readTree(out.toString());
    assertThat(printed.at("/settings/repetitions").asInt()).isEqualTo(4);
    assertThat(printed.path("spaces")).hasSize(4);
    assertThat(printed.at("/spaces/3/lift").asDouble()).isEqualTo(-0.2);
    assertThat(printed.at("/spaces/3/covered").asDouble()).isBetween(0.0, 1.0);
    assertThat(printed.path("items")).hasSize(1);
    Path run = folder.resolve("run");
    assertThat(new ObjectMapper().readTree(Files.readString(run.resolve("power.json"))))
        .isEqualTo(printed);
    assertThat(Files.readAllLines(run.resolve("spaces.csv")))
        .hasSize(5)
        .first()
        .isEqualTo("lift,held_out,sessions,covered,found,width,detectable");
    assertThat(Files.readAllLines(run.resolve("items.csv"))).hasSize(2);
  }

  @Test
  void whatCannotBeSimulatedIsRefusedWithTheReason() {
    assertThat(run("--holdout=1")).isEqualTo(2);
    assertThat(err.toString()).contains("the share held out is 1.0, not between 0 and 1");
    assertThat(run("--effect=0.2")).isEqualTo(2);
    assertThat(err.toString()).contains("a lift of 0.4 cannot be simulated: from -0.3 to 0.3");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamedBeforeAnythingIsSimulated() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThat(run("--out", file.resolve("run").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("hone: ").contains("run cannot be written");
    assertThat(out.toString()).isEmpty();
  }

  /**
   * Part of the tables only: the whole takes more than a minute. A history that ends earlier has no
   * sessions that are still open then, so its last look differs.
   */
  @Test
  void theTablesOfTheDocumentationAreWhatIsPrinted() throws Exception {
    Path page = Path.of("../docs/lift.md");
    String[] part = {
      "--lift=0,-0.2",
      "--holdout=0.5",
      "--sessions=100,300,1000,3000,10000",
      "--dropout=0.05,0.5",
      "--item-sessions=1000,3000"
    };
    int exit = new CommandLine(new PowerCommand()).setOut(new PrintWriter(out)).execute(part);

    assertThat(exit).isZero();
    List<String> rows =
        out.toString()
            .lines()
            .filter(line -> line.startsWith("| ") && !line.contains("|     3000 |"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(5);
    assertThat(Files.readString(page)).contains(rows);
  }
}
