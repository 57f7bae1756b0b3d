package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.arm.ArmKind;
import dev.hone.lab.arm.PinnedArm;
import dev.hone.lab.data.Parts;
import dev.hone.lab.data.Question;
import dev.hone.lab.experiment.NoisyDistiller.Distilled;
import dev.hone.lab.experiment.PoolPolicy.Made;
import dev.hone.lab.report.Report;
import dev.hone.lab.run.Asked;
import dev.hone.lab.run.JsonLines;
import dev.hone.lab.server.HoneClient;
import dev.hone.lab.server.LabHone;
import dev.hone.lab.server.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

  private static final String SPACE = "default";
  private static final String FULL = "full-";
  private static final int MOST_PASSES = 10;

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

  @Spec private CommandSpec spec;

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

  private void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
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
        String full = "seed-" + seed;
        Parts parts = run.parts(seed);
        saturate(run, seed, parts, made);
        for (PoolPolicy policy : policies()) {
          refine(run, seed, policy, parts, made);
        }
        run.done(full);
      }
      made.all().stream().map(Made::of).forEach(pools::add);
    }
  }

  private void saturate(LabRun run, long seed, Parts parts, JsonLines made) throws IOException {
    String last = FULL + checkpoints().getLast();
    if (made.find(String.valueOf(seed), last).isPresent()
        && (Files.isDirectory(run.folder().pool("seed-" + seed)) || refined(seed, made))) {
      return;
    }
    try (LabHone hone = run.start("seed-" + seed, Map.of("pool.admission", "false"))) {
      HoneClient client = hone.client().as("visitor");
      run.examination()
          .ask(
              title(run, seed) + "plain",
              run.arms(hone.client(), seed).make(ArmKind.PLAIN),
              Asked.round(seed, ArmKind.PLAIN.toString()),
              parts.asked());
      NoisyDistiller distiller = new NoisyDistiller(parts.lived(), wrong, seed);
      int from = 0;
      for (int to : checkpoints()) {
        String arm = FULL + to;
        distill(hone.client(), distiller, parts.lived(), from, to);
        if (made.find(String.valueOf(seed), arm).isEmpty()) {
          ask(run, seed, arm, client, parts.asked());
          made.add(new Made(seed, arm, items(client), 0).line());
        }
        from = to;
      }
    }
  }

  private boolean refined(long seed, JsonLines made) {
    return policies().stream()
        .allMatch(policy -> made.find(String.valueOf(seed), policy.arm()).isPresent());
  }

  /** Tells what was distilled, as interactions that were corrected: each becomes an item. */
  private static void distill(
      HoneClient client, NoisyDistiller distiller, List<Question> lived, int from, int to) {
    Space space = new Space(client, SPACE);
    for (int iteration = from; iteration < to; iteration++) {
      List<ObjectNode> told = new ArrayList<>();
      for (int question = 0; question < lived.size(); question++) {
        told.add(interaction(distiller.distill(question, iteration)));
      }
      space.tell("iteration-" + iteration, told);
    }
    space.settle();
  }

  private static ObjectNode interaction(Distilled distilled) {
    ObjectNode interaction = JsonNodeFactory.instance.objectNode();
    interaction
        .putArray("messages")
        .addObject()
        .put("role", "user")
        .put("content", distilled.when());
    return interaction.put("answer", "?").put("correction", distilled.content());
  }

  /** Refines a copy of the saturated pool until nothing changes, and asks it. */
  private static void refine(LabRun run, long seed, PoolPolicy policy, Parts parts, JsonLines made)
      throws IOException {
    if (made.find(String.valueOf(seed), policy.arm()).isPresent()) {
      return;
    }
    String pool = "seed-" + seed + "-" + policy.arm();
    run.folder().drop(pool);
    copy(run.folder().pool("seed-" + seed), run.folder().pool(pool));
    Map<String, String> settings = new LinkedHashMap<>(policy.settings());
    settings.put("pool.admission", "false");
    try (LabHone hone = run.start(pool, settings)) {
      HoneClient client = hone.client().as("visitor");
      int passes = 0;
      boolean changed = true;
      while (changed && passes < MOST_PASSES) {
        changed =
            client.post(SPACE, "/api/v1/refinements", client.object()).path("commit").isTextual();
        passes++;
      }
      ask(run, seed, policy.arm(), client, parts.asked());
      made.add(new Made(seed, policy.arm(), items(client), passes).line());
    } finally {
      run.folder().drop(pool);
    }
  }

  private static void ask(
      LabRun run, long seed, String arm, HoneClient client, List<Question> asked) {
    run.examination()
        .ask(title(run, seed) + arm, PinnedArm.of(client, SPACE), Asked.round(seed, arm), asked);
  }

  private static int items(HoneClient client) {
    return client.get(SPACE, "/api/v1/stats").path("active").asInt();
  }

  private static String title(LabRun run, long seed) {
    return "seed " + seed + "/" + run.options().seeds() + ": ";
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  @Override
  Report report(LabRun run) {
    return new RefinedReport(
            run, checkpoints().stream().map(point -> FULL + point).toList(), policies(), pools)
        .report();
  }
}
