package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.experiment.PoolPolicy.Made;
import dev.hone.lab.report.Report;
import dev.hone.lab.run.JsonLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The paper's refined setting: without admission, a noisy distiller saturates the store, iteration
 * by iteration; then the full pool is compared with pools refined at a sweep of thresholds.
 */
@Command(
    name = "refined",
    description = {
      "Saturate a pool with near-duplicates, then refine it at a sweep of thresholds: the paper's"
          + " refined setting.",
      "What saturates is seeded noise on the words of the questions lived through, no model."
    },
    mixinStandardHelpOptions = true)
public final class RefinedCommand extends ExperimentCommand {

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often each question is distilled; 100 in the paper (10).")
  private int iterations = 10;

  @Option(
      names = "--wrong",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      description = "Share of distillations with a wrong answer, in [0, 1] (0.2).")
  private double wrong = 0.2;

  @Option(
      names = "--thresholds",
      split = ",",
      paramLabel = "T",
      defaultValue = "0.9,0.7,0.5,0.3,0.1",
      description = "Normalised thresholds, in (0, 1] (${DEFAULT-VALUE}).")
  private List<Double> thresholds = List.of();

  @Option(
      names = "--raw",
      split = ",",
      paramLabel = "T",
      defaultValue = "30,15,5",
      description = "Raw BM25 thresholds, above 1 (${DEFAULT-VALUE}).")
  private List<Double> raw = List.of();

  private final List<Made> pools = new ArrayList<>();

  @Override
  ObjectNode own() {
    refuse(iterations < 1, "--iterations is at least 1.");
    refuse(!(wrong >= 0 && wrong <= 1), "--wrong lies in [0, 1].");
    refuse(thresholds.stream().anyMatch(t -> !(t > 0 && t <= 1)), "--thresholds lie in (0, 1].");
    refuse(raw.stream().anyMatch(t -> !(t > 1)), "--raw thresholds are above 1.");
    ObjectNode own =
        JsonNodeFactory.instance.objectNode().put("iterations", iterations).put("wrong", wrong);
    thresholds.forEach(own.putArray("thresholds")::add);
    raw.forEach(own.putArray("raw")::add);
    return own;
  }

  /** After how many iterations the growing pool is asked. */
  private List<Integer> checkpoints() {
    TreeSet<Integer> points = new TreeSet<>(List.of(1, iterations));
    for (int i = 2; i < iterations; i = i * 5 / 2) {
      points.add(i);
    }
    return List.copyOf(points);
  }

  private List<PoolPolicy> policies() {
    List<PoolPolicy> policies = new ArrayList<>();
    for (boolean proof : new boolean[] {true, false}) {
      thresholds.forEach(t -> policies.add(new PoolPolicy("normalised", t, proof)));
      raw.forEach(t -> policies.add(new PoolPolicy("raw", t, proof)));
    }
    return policies;
  }

  @Override
  void run(LabRun run) throws IOException {
    try (JsonLines made =
        new JsonLines(run.folder().path().resolve("pools.jsonl"), List.of("seed", "arm"))) {
      for (long seed = 1; seed <= run.options().seeds(); seed++) {
        SaturatedPool pool = new SaturatedPool(run, seed, made);
        if (!pool.full(checkpoints(), policies())) {
          pool.saturate(wrong, checkpoints());
        }
        for (PoolPolicy policy : policies()) {
          pool.refine(policy);
        }
        pool.done();
      }
      made.all().stream().map(Made::of).forEach(pools::add);
    }
  }

  @Override
  Report report(LabRun run) {
    return new RefinedReport(
            run, checkpoints().stream().map(SaturatedPool::arm).toList(), policies(), pools)
        .report();
  }
}
