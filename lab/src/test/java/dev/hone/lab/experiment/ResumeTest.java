package dev.hone.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed goes on when it is given again, and ends in the same result. */
class ResumeTest {

  @TempDir private Path folder;

  @Test
  void generalizedKilledWhileLivingAndWhileAskingEndsInTheSameResult() throws Exception {
    String[] command = {"generalized", "--seeds", "2", "--limit", "24"};
    Path whole = folder.resolve("whole");
    LabFixture.summary(whole, command);
    Path killed = folder.resolve("killed");

    kill(killed, out -> lines(out, "lived.jsonl") > 40, command);
    kill(killed, out -> Files.isDirectory(out.resolve("pools/seed-1/index/raw")), command);
    kill(killed, out -> lines(out, "records.jsonl") > 150, command);
    assertThat(lines(killed, "records.jsonl")).isLessThan(2 * 5 * 24);
    LabFixture.summary(killed, command);

    assertThat(killed.resolve("summary.json"))
        .hasContent(Files.readString(whole.resolve("summary.json")));
    assertThat(answers(killed)).isEqualTo(answers(whole));
  }

  @Test
  void repetitiveKilledBetweenItsEpochsEndsInTheSameResult() throws Exception {
    String[] command = {
      "repetitive", "--seeds", "1", "--limit", "30", "--clients", "2", "--epochs", "3"
    };
    Path whole = folder.resolve("whole");
    LabFixture.summary(whole, command);
    Path killed = folder.resolve("killed");

    kill(killed, out -> lines(out, "records.jsonl") > 70, command);
    kill(killed, out -> lines(out, "records.jsonl") > 250, command);
    LabFixture.summary(killed, command);

    assertThat(killed.resolve("summary.json"))
        .hasContent(Files.readString(whole.resolve("summary.json")));
    assertThat(answers(killed)).isEqualTo(answers(whole));
  }

  @Test
  void refinedKilledWhileItFillsThePoolAndInTheSweepEndsInTheSameResult() throws Exception {
    String[] command = {
      "refined",
      "--seeds",
      "1",
      "--limit",
      "4",
      "--iterations",
      "5",
      "--thresholds",
      "0.7,0.2",
      "--raw",
      "20"
    };
    Path whole = folder.resolve("whole");
    LabFixture.summary(whole, command);
    Path killed = folder.resolve("killed");

    kill(killed, out -> lines(out, "pools.jsonl") > 1, command);
    kill(killed, out -> lines(out, "pools.jsonl") > 5, command);
    LabFixture.summary(killed, command);

    assertThat(killed.resolve("summary.json"))
        .hasContent(Files.readString(whole.resolve("summary.json")));
    assertThat(answers(killed)).isEqualTo(answers(whole));
  }

  @Test
  void exploreKilledInItsSecondSeedLivesThatSeedAnew() throws Exception {
    String[] command = {"explore", "--seeds", "2", "--limit", "6", "--episodes", "30"};
    Path whole = folder.resolve("whole");
    LabFixture.summary(whole, command);
    Path killed = folder.resolve("killed");

    kill(killed, out -> Files.isDirectory(out.resolve("pools/seed-2/index")), command);
    LabFixture.summary(killed, command);

    assertThat(killed.resolve("summary.json"))
        .hasContent(Files.readString(whole.resolve("summary.json")));
  }

  /** Kills the command as soon as this holds of its folder. */
  private void kill(Path out, Predicate<Path> when, String... command) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.hone.Main",
                "lab"));
    line.addAll(List.of(command));
    line.addAll(List.of("--out", out.toString()));
    Path said = Files.createTempFile(folder, "said", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HONE_"));
    Process process = builder.start();
    try {
      while (process.isAlive() && !when.test(out)) {
        TimeUnit.MILLISECONDS.sleep(2);
      }
      assertThat(process.isAlive()).as("ended before it was killed: %s", tail(said)).isTrue();
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  private static String tail(Path said) throws IOException {
    String text = Files.readString(said);
    return text.substring(Math.max(0, text.length() - 2_000));
  }

  private static long lines(Path out, String file) {
    Path path = out.resolve(file);
    if (!Files.exists(path)) {
      return 0;
    }
    try {
      return Files.readAllLines(path).size();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Without how long they took. */
  private static List<String> answers(Path out) throws IOException {
    return Files.readAllLines(out.resolve("records.jsonl")).stream()
        .map(line -> line.replaceFirst(",\"ms\":.*", ""))
        .sorted()
        .toList();
  }
}
