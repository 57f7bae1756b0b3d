package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.arm.Answering;
import dev.hone.lab.arm.Arm;
import dev.hone.lab.arm.ArmKind;
import dev.hone.lab.arm.PinnedArm;
import dev.hone.lab.data.Parts;
import dev.hone.lab.report.Report;
import dev.hone.lab.run.Asked;
import dev.hone.lab.server.LabHone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the paper leaves open: how much hangs on the parameters of retrieval. One pool is asked with
 * one parameter after the other changed, the others as they are by default.
 */
@Command(
    name = "bm25",
    description = "Ask one pool with other parameters of retrieval: k1, b, and items shown.",
    mixinStandardHelpOptions = true)
public final class Bm25Command extends ExperimentCommand {

  /** The arm with all parameters as they are by default. */
  static final String DEFAULT = "default";

  @Option(
      names = "--k1",
      split = ",",
      paramLabel = "K1",
      defaultValue = "0,0.4,0.8,1.6,2,3",
      description = "Values of retrieval.k1, at least 0 (${DEFAULT-VALUE}).")
  private List<Double> k1 = List.of();

  @Option(
      names = "--b",
      split = ",",
      paramLabel = "B",
      defaultValue = "0,0.15,0.5,0.75,1",
      description = "Values of retrieval.b, in [0, 1] (${DEFAULT-VALUE}).")
  private List<Double> b = List.of();

  @Option(
      names = "--k",
      split = ",",
      paramLabel = "K",
      defaultValue = "1,2,3,4",
      description = "Values of retrieval.k, 1 to 5 (${DEFAULT-VALUE}).")
  private List<Integer> k = List.of();

  /**
   * One parameter changed.
   *
   * @param setting its name; empty where none is
   */
  record Change(String setting, double value) {

    String arm() {
      return setting.isEmpty()
          ? DEFAULT
          : setting.substring(setting.indexOf('.') + 1) + "-" + written();
    }

    Map<String, String> settings() {
      return setting.isEmpty() ? Map.of() : Map.of(setting, written());
    }

    private String written() {
      return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
  }

  private List<Change> changes() {
    List<Change> changes = new ArrayList<>(List.of(new Change("", 0)));
    k1.forEach(value -> changes.add(new Change("retrieval.k1", value)));
    b.forEach(value -> changes.add(new Change("retrieval.b", value)));
    k.forEach(value -> changes.add(new Change("retrieval.k", value)));
    return changes;
  }

  @Override
  ObjectNode own() {
    refuse(k1.stream().anyMatch(value -> !(value >= 0)), "--k1 takes values of at least 0.");
    refuse(
        b.stream().anyMatch(value -> !(value >= 0 && value <= 1)), "--b takes values in [0, 1].");
    refuse(k.stream().anyMatch(value -> value < 1 || value > 5), "--k takes values from 1 to 5.");
    ObjectNode own = JsonNodeFactory.instance.objectNode();
    k1.forEach(own.putArray("k1")::add);
    b.forEach(own.putArray("b")::add);
    k.forEach(own.putArray("k")::add);
    return own;
  }

  @Override
  void run(LabRun run) throws IOException {
    for (long seed = 1; seed <= run.options().seeds(); seed++) {
      Parts parts = run.parts(seed);
      List<Change> left = new ArrayList<>();
      for (Change change : changes()) {
        if (!run.examination().done(Asked.round(seed, change.arm()), parts.asked())) {
          left.add(change);
        }
      }
      if (!left.isEmpty()) {
        live(run, seed, parts);
      }
      for (Change change : left) {
        ask(run, seed, change, parts);
      }
      run.done("seed-" + seed);
    }
  }

  private static void live(LabRun run, long seed, Parts parts) {
    try (LabHone hone = run.start("seed-" + seed, Map.of())) {
      run.examination()
          .ask(
              title(run, seed) + "plain",
              run.arms(hone.client(), seed).make(ArmKind.PLAIN),
              Asked.round(seed, ArmKind.PLAIN.toString()),
              parts.asked());
      Arm arm = run.arms(hone.client(), seed).make(ArmKind.EXPERIENCE);
      arm.live("all", run.firstAnswers(hone.client()).to(parts.lived()));
    }
  }

  private static void ask(LabRun run, long seed, Change change, Parts parts) {
    try (LabHone hone = run.start("seed-" + seed, new LinkedHashMap<>(change.settings()))) {
      Answering arm = PinnedArm.of(hone.client().as("visitor"), ArmKind.EXPERIENCE.toString());
      run.examination()
          .ask(
              title(run, seed) + change.arm(), arm, Asked.round(seed, change.arm()), parts.asked());
    }
  }

  private static String title(LabRun run, long seed) {
    return "seed " + seed + "/" + run.options().seeds() + ": ";
  }

  @Override
  Report report(LabRun run) {
    return new Bm25Report(run, changes()).report();
  }
}
