package dev.hone.lab;

import dev.hone.Logging;
import dev.hone.Server;
import dev.hone.Subcommand;
import dev.hone.config.Settings;
import dev.hone.config.SettingsReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the whole loop on a real server with a temporary data folder, over HTTP only. */
@Command(
    name = "demo",
    description = "Watch Hone learn: a story in six steps, then a measured run with controls.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Subcommand {

  static final String BUILTIN = "hone-builtin";
  private static final long SEED = 20_260_101;
  private static final int PARALLEL = 8;
  private static final int ASKED_AT_ONCE = 2;
  private static final String INSTRUCTION =
      "Answer a multiple-choice question with the letter of the right choice, any other question in"
          + " a few words. Then write, on a line of its own, 'Confidence: ' and a number between 0"
          + " and 1.";

  @Option(
      names = "--once",
      description = "Exit when done; without it the server goes on until Ctrl-C.")
  private boolean once;

  @Option(
      names = "--json",
      description = "Print one JSON object on standard output, all else on standard error.")
  private boolean json;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description = "Questions to live through (JSON Lines, may be gzipped).")
  private @Nullable Path train;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "Held-out multiple-choice questions.")
  private @Nullable Path test;

  @Option(
      names = "--upstream",
      paramLabel = "URL",
      description =
          "OpenAI-compatible server that answers and distills; its key in HONE_UPSTREAM_KEY and"
              + " HONE_LEARNING_KEY.")
  private @Nullable String upstream;

  @Option(names = "--model", paramLabel = "M", description = "The model asked there.")
  private @Nullable String model;

  @Spec private CommandSpec spec;

  private final CountDownLatch ended = new CountDownLatch(1);

  @Override
  public Integer call() throws IOException, InterruptedException {
    if ((upstream == null) != (model == null)) {
      throw new ParameterException(spec.commandLine(), "--upstream and --model go together.");
    }
    if ((train == null) != (test == null)) {
      throw new ParameterException(spec.commandLine(), "--train and --test go together.");
    }
    Path data = Files.createTempDirectory("hone-demo-");
    try (Server server = server(data)) {
      PrintStream out = json ? System.err : System.out;
      run(server, out);
      if (!once) {
        stayOpen(server, out);
      }
      return 0;
    } catch (QuestionFile.BadData e) {
      spec.commandLine().getErr().println("hone: " + e.getMessage());
      return 1;
    } finally {
      delete(data);
      ended.countDown();
    }
  }

  /**
   * Refined by hand only, and with patience: the run measures answers, on however slow a machine.
   */
  private Server server(Path data) {
    SettingsReader settings =
        new SettingsReader()
            .environment(System.getenv())
            .set("server.port", "0")
            .set("server.data", data.toString())
            .set("refine.growth", "0")
            .set("refine.every", "0s")
            .set("retrieval.deadline", "5s")
            .set("capture.deadline", "30s");
    if (upstream != null && model != null) {
      settings.set("upstream.url", upstream);
      settings.set("learning.url", upstream);
      settings.set("learning.model", model);
    }
    Settings read = settings.read();
    Logging.configure(read.log().format());
    return Server.start(read);
  }

  private void run(Server server, PrintStream out) {
    long start = System.nanoTime();
    List<Question> held =
        test == null ? QuestionFile.bundled("test.jsonl") : QuestionFile.read(test);
    List<Question> lived =
        livedThrough(
            train == null ? QuestionFile.bundled("train.jsonl") : QuestionFile.read(train), held);
    Optional<List<Question>> unanswerable =
        train == null ? Optional.of(QuestionFile.bundled("unanswerable.jsonl")) : Optional.empty();
    Work work = new Work(PARALLEL);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HoneClient client =
          new HoneClient(
              http,
              server.url(),
              "desk",
              model == null ? BUILTIN : model,
              model == null ? Optional.empty() : Optional.of(INSTRUCTION));
      new Story(client, out).tell();
      DemoReport report = measure(work, client, lived, held, unanswerable, start);
      report.print(out);
      if (json) {
        System.out.println(report.json());
      }
    }
  }

  /** What also occurs among the held-out questions, or belongs to a test split, is left out. */
  private static List<Question> livedThrough(List<Question> given, List<Question> held) {
    Set<String> known = held.stream().map(Question::normal).collect(Collectors.toSet());
    return given.stream()
        .filter(question -> !question.split().equals("test"))
        .filter(question -> !question.answer().isBlank())
        .filter(question -> !known.contains(question.normal()))
        .toList();
  }

  private DemoReport measure(
      Work work,
      HoneClient client,
      List<Question> lived,
      List<Question> held,
      Optional<List<Question>> unanswerable,
      long start) {
    LivedThrough learning = new LivedThrough(work, client);
    learning.live(lived, SEED);
    List.of(LivedThrough.EXPERIENCE, LivedThrough.RAW, LivedThrough.SHUFFLED)
        .forEach(learning::settle);
    var stats = client.get(LivedThrough.EXPERIENCE, "/api/v1/stats");
    client.post(LivedThrough.EXPERIENCE, "/api/v1/refinements", client.object());
    client.post(LivedThrough.SHUFFLED, "/api/v1/refinements", client.object());
    var refined = client.get(LivedThrough.EXPERIENCE, "/api/v1/stats");
    Examination asked = new Examination(new Work(ASKED_AT_ONCE), client.as("visitor"));
    Examination.Result before = asked.plain("asked: model alone", held);
    Examination.Result raw = asked.with("asked: raw records", held, LivedThrough.RAW);
    Examination.Result after = asked.with("asked: experience", held, LivedThrough.EXPERIENCE);
    Examination.Result shuffled = asked.with("asked: shuffled", held, LivedThrough.SHUFFLED);
    OptionalInt injected =
        unanswerable.isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(
                asked
                    .with("asked: unanswerable", unanswerable.get(), LivedThrough.EXPERIENCE)
                    .injected());
    return new DemoReport(
        model == null ? BUILTIN : model,
        before,
        raw,
        after,
        shuffled,
        injected,
        unanswerable.map(List::size).orElse(0),
        stats.path("interactions").asInt(),
        stats.path("episodes").asInt(),
        stats.path("active").asInt(),
        refined.path("active").asInt(),
        (System.nanoTime() - start) / 1e9);
  }

  private void stayOpen(Server server, PrintStream out) throws InterruptedException {
    out.println("  Hone goes on at " + server.url() + " until Ctrl-C. Try:");
    out.println();
    out.println(
        "  curl " + server.url() + "/v1/chat/completions -H 'content-type: application/json' \\");
    out.println(
        "    -d '{\"model\":\""
            + (model == null ? BUILTIN : model)
            + "\",\"messages\":[{\"role\":\"user\",\"content\":\"What does error E-41 mean?\"}]}'");
    out.println();
    CountDownLatch stop = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      stop.countDown();
                      awaitEnd();
                    }));
    stop.await();
  }

  /** The process ends when the server is closed and its folder deleted. */
  private void awaitEnd() {
    try {
      if (!ended.await(15, TimeUnit.SECONDS)) {
        System.err.println("hone: stopped without cleaning up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
