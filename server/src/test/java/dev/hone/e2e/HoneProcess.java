package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Hone in a process of its own, which can be killed. */
public final class HoneProcess implements AutoCloseable {

  private static final Pattern LISTENS =
      Pattern.compile("listens on (http://127\\.0\\.0\\.1:\\d+)");

  private static final Launcher USUAL = new Launcher(List.of(), List.of("-Xmx256m"), classPath());

  private final Process process;
  private final String url;
  private final List<String> said;

  private HoneProcess(Process process, String url, List<String> said) {
    this.process = process;
    this.url = url;
    this.said = said;
  }

  /** What a process that ended by itself said, and its exit code. */
  public record Ended(int exitCode, String output) {}

  /** The class path of the tests. */
  public static String classPath() {
    return System.getProperty("java.class.path");
  }

  /** Starts one and waits until it listens. */
  public static HoneProcess start(Path data, String... arguments) throws IOException {
    return USUAL.start(data, arguments);
  }

  /** Runs one that is expected to end by itself. */
  public static Ended run(Path data, String... arguments) throws IOException, InterruptedException {
    Process process = USUAL.launch(data, arguments);
    try {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Ended(process.waitFor(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * How processes are launched.
   *
   * @param before what stands before the command: a tracer, say
   * @param options of the virtual machine
   * @param classPath where Hone is
   */
  public record Launcher(List<String> before, List<String> options, String classPath) {

    /** Starts one and waits until it listens. */
    public HoneProcess start(Path data, String... arguments) throws IOException {
      Process process = launch(data, arguments);
      List<String> said = new CopyOnWriteArrayList<>();
      BufferedReader reader = process.inputReader(UTF_8);
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        said.add(line);
        Matcher listens = LISTENS.matcher(line);
        if (listens.find()) {
          Thread.ofVirtual().start(() -> listen(reader, said));
          return new HoneProcess(process, listens.group(1), said);
        }
      }
      throw new AssertionError("it did not start: " + String.join("\n", said));
    }

    private static void listen(BufferedReader reader, List<String> said) {
      try {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          said.add(line);
        }
      } catch (IOException e) {
        said.add("(killed)");
      }
    }

    /** Starts one and kills it so soon that it may not even listen. */
    public void startAndKill(Path data, Duration after, String... arguments)
        throws IOException, InterruptedException {
      Process process = launch(data, arguments);
      process.waitFor(after.toMillis(), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    }

    private Process launch(Path data, String... arguments) throws IOException {
      List<String> command = new ArrayList<>(before);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("--enable-native-access=ALL-UNNAMED");
      command.addAll(options);
      command.addAll(List.of("-cp", classPath, "dev.hone.Main", "serve"));
      command.addAll(List.of("--port", "0", "--data", data.toString()));
      command.addAll(
          List.of(
              "--set",
              "retrieval.deadline=30s",
              "--set",
              "capture.deadline=30s",
              "--set",
              "outcome.dropout=0"));
      command.addAll(List.of(arguments));
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().keySet().removeIf(name -> name.startsWith("HONE_"));
      return builder.start();
    }
  }

  public HoneClient client() {
    return new HoneClient(url, List.of());
  }

  /** What it has printed so far, line by line. */
  public List<String> said() {
    return List.copyOf(said);
  }

  /** As a power failure would end it. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    ended();
  }

  /** Asks it to stop, and waits until it has. */
  public void stop() {
    process.destroy();
    ended();
  }

  /** Kills what a tracer traces, and lets the tracer end its record. */
  public void killTraced() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
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
