package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Hone in a process of its own, which can be killed. */
final class HoneProcess implements AutoCloseable {

  private static final Pattern LISTENS =
      Pattern.compile("listens on (http://127\\.0\\.0\\.1:\\d+)");

  private final Process process;
  private final String url;

  private HoneProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** What a process that ended by itself said, and its exit code. */
  record Ended(int exitCode, String output) {}

  /** Starts one and waits until it listens. */
  static HoneProcess start(Path data, String... arguments) throws IOException {
    Process process = launch(data, arguments);
    StringBuilder said = new StringBuilder();
    BufferedReader reader = process.inputReader(UTF_8);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      said.append(line).append('\n');
      Matcher listens = LISTENS.matcher(line);
      if (listens.find()) {
        Thread.ofVirtual().start(() -> reader.lines().forEach(each -> {}));
        return new HoneProcess(process, listens.group(1));
      }
    }
    throw new AssertionError("it did not start: " + said);
  }

  /** Runs one that is expected to end by itself. */
  static Ended run(Path data, String... arguments) throws IOException, InterruptedException {
    Process process = launch(data, arguments);
    try {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Ended(process.waitFor(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process launch(Path data, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.hone.Main",
                "serve",
                "--port",
                "0",
                "--data",
                data.toString(),
                "--set",
                "retrieval.deadline=30s",
                "--set",
                "capture.deadline=30s"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("HONE_"));
    return builder.start();
  }

  HoneClient client() {
    return new HoneClient(url, List.of());
  }

  /** As a power failure would end it. */
  void kill() {
    process.destroyForcibly();
    ended();
  }

  /** Asks it to stop, and waits until it has. */
  void stop() {
    process.destroy();
    ended();
  }

  private void ended() {
    process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
  }
}
