package dev.hone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What does learning cost requests that never leave the frontend idle? The same requests, captured
 * and augmented, with the same corrections, are sent with learning on (soon overdue, so that it
 * works beside them all the time) and with learning off, in turns; then they go on until the
 * backlog is learned from. Client and model share the machine. The distiller is the built-in one.
 */
@Command(
    name = "learning",
    description = "What learning costs requests that never end, against learning switched off.",
    mixinStandardHelpOptions = true)
final class LearningBench implements Callable<Integer> {

  private static final String NEVER = "3650d";
  private static final String SOON = "1s";
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int FIRST_LESSON = 10_000;

  @Option(names = "--rate", defaultValue = "50", description = "Requests per second (50).")
  private int rate = 50;

  @Option(names = "--seconds", defaultValue = "20", description = "How long each run is (20).")
  private int seconds = 20;

  @Option(names = "--rounds", defaultValue = "3", description = "Runs of each kind (3).")
  private int rounds = 3;

  @Option(
      names = "--lessons",
      defaultValue = "3000",
      description = "Corrected interactions that wait to be learned from (3000).")
  private int lessons = 3_000;

  @Option(
      names = "--check",
      arity = "0..1",
      fallbackValue = "1.3",
      paramLabel = "RATIO",
      description = "End with code 1 if the ratio of the 99th percentiles is above this (1.3).")
  private @Nullable Double most;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** How the backlog was at a moment. */
  private record Look(double seconds, int backlog) {}

  /** One run. */
  private record Run(
      boolean learning,
      Times times,
      List<Look> looks,
      boolean drained,
      int failed,
      Optional<String> firstFailure) {}

  @Override
  public Integer call() throws Exception {
    List<Run> runs = new ArrayList<>();
    try (StubModel model = new StubModel();
        ProgressBar bar = new ProgressBar("learning", 2L * rounds + 1)) {
      run(model, true);
      bar.step();
      for (int round = 0; round < rounds; round++) {
        boolean first = round % 2 == 0;
        runs.add(run(model, first));
        bar.step();
        runs.add(run(model, !first));
        bar.step();
      }
    }
    return print(runs) ? 0 : 1;
  }

  private Run run(StubModel model, boolean learning) throws Exception {
    try (LoadedHone hone = LoadedHone.start(model.url(), learning ? SOON : NEVER);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Load load = new Load(rate, hone::ask);
      load.run(WARM_UP);
      hone.teach(LoadedHone.LESSONS, FIRST_LESSON, lessons);
      AtomicBoolean drained = new AtomicBoolean();
      long start = System.nanoTime();
      Future<List<Look>> looks =
          executor.submit(() -> learning ? watch(hone, start, drained) : List.<Look>of());
      Times times = load.run(Duration.ofSeconds(seconds));
      if (learning) {
        load.run(() -> !looks.isDone());
      }
      return new Run(
          learning, times, looks.get(), drained.get(), load.failed(), load.firstFailure());
    }
  }

  private static List<Look> watch(LoadedHone hone, long start, AtomicBoolean drained)
      throws InterruptedException {
    List<Look> looks = new ArrayList<>();
    while (!drained.get() && System.nanoTime() - start < PATIENCE.toNanos()) {
      int backlog = hone.backlog(LoadedHone.LESSONS);
      looks.add(new Look((System.nanoTime() - start) / 1e9, backlog));
      drained.set(backlog == 0);
      Thread.sleep(LOOK);
    }
    return looks;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private static double median(List<Run> runs, boolean learning, double share) {
    return median(
        runs.stream()
            .filter(run -> run.learning == learning)
            .map(run -> run.times.millis(share))
            .toList());
  }

  /**
   * Whether the backlog drained in every run that learned, every request was answered, and the
   * ratio is as low as asked for.
   */
  private boolean print(List<Run> runs) throws IOException {
    double on50 = median(runs, true, 0.5);
    double on99 = median(runs, true, 0.99);
    double off50 = median(runs, false, 0.5);
    double off99 = median(runs, false, 0.99);
    boolean drained = runs.stream().allMatch(run -> run.drained || !run.learning);
    int failed = runs.stream().mapToInt(Run::failed).sum();
    Optional<String> failure = runs.stream().flatMap(run -> run.firstFailure.stream()).findFirst();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode figures = new ObjectMapper().createObjectNode();
      figures.put("bench", "learning").put("rate", rate).put("seconds", seconds);
      figures.put("rounds", rounds).put("lessons", lessons).put("distiller", "built-in");
      figures.put("p50_ms_on", on50).put("p50_ms_off", off50).put("ratio_p50", on50 / off50);
      figures.put("p99_ms_on", on99).put("p99_ms_off", off99).put("ratio_p99", on99 / off99);
      figures.put("drained", drained).put("failed", failed);
      failure.ifPresent(first -> figures.put("first_failure", first));
      ArrayNode each = figures.putArray("runs");
      for (Run run : runs) {
        ObjectNode told = each.addObject().put("learning", run.learning);
        told.put("p50_ms", run.times.millis(0.5)).put("p99_ms", run.times.millis(0.99));
        ArrayNode backlog = told.putArray("backlog");
        run.looks.forEach(
            look -> backlog.addObject().put("s", look.seconds).put("waiting", look.backlog));
      }
      out.println(figures);
    } else {
      for (Run run : runs) {
        out.printf(
            "learning %-3s  p50 %6.2f ms  p99 %7.2f ms  %d requests%s%n",
            run.learning ? "on" : "off",
            run.times.millis(0.5),
            run.times.millis(0.99),
            run.times.count(),
            run.learning ? "; backlog " + told(run.looks) : "");
      }
      out.printf(
          "%d requests/s, medians of %d: p50 %.2f / %.2f ms, ratio %.2f; p99 %.2f / %.2f ms, ratio"
              + " %.2f; backlog %s; %d requests failed (built-in distiller)%n",
          rate,
          rounds,
          on50,
          off50,
          on50 / off50,
          on99,
          off99,
          on99 / off99,
          drained ? "drained" : "not drained",
          failed);
      failure.ifPresent(first -> out.println("The first that failed: " + first));
    }
    out.flush();
    return Checked.atMost(spec, "the ratio of the 99th percentiles", on99 / off99, most)
        && drained
        && failed == 0;
  }

  private static String told(List<Look> looks) {
    StringBuilder told = new StringBuilder();
    int step = Math.max(1, looks.size() / 8);
    for (int i = 0; i < looks.size(); i += step) {
      Look look = looks.get(i);
      told.append("%.0fs:%d ".formatted(look.seconds, look.backlog));
    }
    Look last = looks.getLast();
    return told.append("%.0fs:%d".formatted(last.seconds, last.backlog)).toString();
  }
}
