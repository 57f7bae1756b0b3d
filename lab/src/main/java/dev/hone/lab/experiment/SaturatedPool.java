package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.arm.ArmKind;
import dev.hone.lab.arm.PinnedArm;
import dev.hone.lab.data.Parts;
import dev.hone.lab.data.Question;
import dev.hone.lab.experiment.NoisyDistiller.Distilled;
import dev.hone.lab.experiment.PoolPolicy.Made;
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
import java.util.stream.Stream;

/**
 * A pool into which ever the same is distilled, and copies of it that are refined; each is asked.
 * What was done before a kill is not done again.
 *
 * @param made what was made and asked, by seed and arm
 */
record SaturatedPool(LabRun run, long seed, JsonLines made) {

  private static final String SPACE = "default";
  private static final int MOST_PASSES = 10;

  /** The arm of the growing pool after so many iterations. */
  static String arm(int iterations) {
    return "full-" + iterations;
  }

  private String pool() {
    return "seed-" + seed;
  }

  private boolean isMade(String arm) {
    return made.find(String.valueOf(seed), arm).isPresent();
  }

  /** Whether it is saturated, and there, or not needed any more. */
  boolean full(List<Integer> checkpoints, List<PoolPolicy> policies) {
    return isMade(arm(checkpoints.getLast()))
        && (Files.isDirectory(run.folder().pool(pool()))
            || policies.stream().allMatch(policy -> isMade(policy.arm())));
  }

  /**
   * Fills it, asking it on the way.
   *
   * @param wrong the share of distillations that are wrong
   * @param checkpoints iterations after which it is asked, ascending
   */
  void saturate(double wrong, List<Integer> checkpoints) {
    Parts parts = run.parts(seed);
    try (LabHone hone = run.start(pool(), Map.of("pool.admission", "false"))) {
      run.examination()
          .ask(
              title() + "plain",
              run.arms(hone.client(), seed).make(ArmKind.PLAIN),
              Asked.round(seed, ArmKind.PLAIN.toString()),
              parts.asked());
      NoisyDistiller distiller = new NoisyDistiller(parts.lived(), wrong, seed);
      int from = 0;
      for (int to : checkpoints) {
        distill(hone.client(), distiller, parts.lived(), from, to);
        if (!isMade(arm(to))) {
          ask(arm(to), hone.client(), 0);
        }
        from = to;
      }
    }
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

  /** Refines a copy until nothing changes, and asks it. */
  void refine(PoolPolicy policy) throws IOException {
    if (isMade(policy.arm())) {
      return;
    }
    String copy = pool() + "-" + policy.arm();
    run.folder().drop(copy);
    copy(run.folder().pool(pool()), run.folder().pool(copy));
    Map<String, String> settings = new LinkedHashMap<>(policy.settings());
    settings.put("pool.admission", "false");
    try (LabHone hone = run.start(copy, settings)) {
      HoneClient client = hone.client();
      int passes = 0;
      boolean changed = true;
      while (changed && passes < MOST_PASSES) {
        changed =
            client.post(SPACE, "/api/v1/refinements", client.object()).path("commit").isTextual();
        passes++;
      }
      ask(policy.arm(), client, passes);
    } finally {
      run.folder().drop(copy);
    }
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

  private void ask(String arm, HoneClient client, int passes) {
    run.examination()
        .ask(
            title() + arm,
            PinnedArm.of(client.as("visitor"), SPACE),
            Asked.round(seed, arm),
            run.parts(seed).asked());
    int items = client.get(SPACE, "/api/v1/stats").path("active").asInt();
    made.add(new Made(seed, arm, items, passes).line());
  }

  private String title() {
    return "seed " + seed + "/" + run.options().seeds() + ": ";
  }

  /** The pool is done with. */
  void done() throws IOException {
    run.done(pool());
  }
}
