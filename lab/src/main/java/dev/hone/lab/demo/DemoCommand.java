package dev.hone.lab.demo;

import dev.hone.Logging;
import dev.hone.Subcommand;
import dev.hone.config.Settings;
import dev.hone.config.SettingsReader;
import dev.hone.lab.data.BadData;
import dev.hone.lab.data.Question;
import dev.hone.lab.data.QuestionFile;
import dev.hone.lab.server.HoneClient;
import dev.hone.lab.server.Space;
import dev.hone.lab.server.TemporaryHone;
import dev.hone.lab.server.Work;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
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

  @Override
  public Integer call() throws IOException, InterruptedException {
    if ((upstream == null) != (model == null)) {
      throw new ParameterException(spec.commandLine(), "--upstream and --model go together.");
    }
    if ((train == null) != (test == null)) {
      throw new ParameterException(spec.commandLine(), "--train and --test go together.");
    }
    try (TemporaryHone hone = TemporaryHone.start(this::settings)) {
      return show(hone);
    } catch (BadData e) {
      spec.commandLine().getErr().println("hone: " + e.getMessage());
      return 1;
    }
  }

  private int show(TemporaryHone hone) throws InterruptedException {
    PrintStream out = json ? System.err : System.out;
    try {
      Optional<String> failed = run(hone.url(), out);
      failed.ifPresent(
          step -> spec.commandLine().getErr().println("hone: the story failed at " + step));
      if (!once) {
        stayOpen(hone.url(), out);
      }
      return failed.isPresent() ? 1 : 0;
    } catch (IllegalStateException | UncheckedIOException e) {
      if (hone.stopping()) {
        return 1;
      }
      throw e;
    }
  }

  /**
   * Refined by hand only, and with patience: the run measures answers, on however slow a machine.
   */
  private Settings settings(Path data) {
    SettingsReader settings =
        new SettingsReader()
            .environment(System.getenv())
            .set("server.port", "0")
            .set("server.data", data.toString())
            .set("refine.growth", "0")
            .set("refine.every", "0s")
            .set("retrieval.deadline", "5s")
            .set("log.requests", "false")
            .set("outcome.dropout", "0")
            .set("capture.deadline", "30s");
    if (upstream != null && model != null) {
      settings.set("upstream.url", upstream);
      settings.set("learning.url", upstream);
      settings.set("learning.model", model);
    }
    Settings read = settings.read();
    Logging.configure(read.log().format());
    return read;
  }

  /** Tells the story and measures; returns the step of the story that failed, if one did. */
  private Optional<String> run(String url, PrintStream out) {
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
              url,
              "desk",
              model == null ? BUILTIN : model,
              model == null ? Optional.empty() : Optional.of(INSTRUCTION));
      Optional<String> failed = new Story(client, out).tell();
      DemoReport report = measure(work, client, lived, held, unanswerable, start);
      report.print(out);
      if (json) {
        System.out.println(report.json());
      }
      return failed;
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
        .forEach(space -> new Space(client, space).settle());
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

  private void stayOpen(String url, PrintStream out) throws InterruptedException {
    out.println("  Hone goes on at " + url + " until Ctrl-C. Try:");
    out.println();
    out.println("  curl " + url + "/v1/chat/completions -H 'content-type: application/json' \\");
    out.println(
        "    -d '{\"model\":\""
            + (model == null ? BUILTIN : model)
            + "\",\"messages\":[{\"role\":\"user\",\"content\":\"What does error E-41 mean?\"}]}'");
    out.println();
    new CountDownLatch(1).await();
  }
}
