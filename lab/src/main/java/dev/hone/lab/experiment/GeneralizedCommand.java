package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.arm.Arm;
import dev.hone.lab.arm.ArmKind;
import dev.hone.lab.arm.Arms;
import dev.hone.lab.arm.Examination;
import dev.hone.lab.arm.Lived;
import dev.hone.lab.data.Parts;
import dev.hone.lab.report.Report;
import dev.hone.lab.run.Asked;
import dev.hone.lab.server.LabHone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The paper's generalized setting: does experience with some questions help with others? Each arm
 * lives through the same questions, then is asked the same others.
 */
@Command(
    name = "generalized",
    description = "Live through some questions, ask others: the paper's generalized setting.",
    mixinStandardHelpOptions = true)
public final class GeneralizedCommand extends ExperimentCommand {

  @Option(
      names = "--arms",
      split = ",",
      paramLabel = "ARM",
      description =
          "Arms compared, of plain, raw, experience, sheet and shuffled, separated by commas"
              + " (all).")
  private List<ArmKind> arms = List.of(ArmKind.values());

  /** In the order in which they are declared, each once. */
  private Set<ArmKind> kinds() {
    return EnumSet.copyOf(arms);
  }

  @Override
  ObjectNode own() {
    ObjectNode own = JsonNodeFactory.instance.objectNode();
    var names = own.putArray("arms");
    kinds().forEach(kind -> names.add(kind.toString()));
    return own;
  }

  @Override
  void run(LabRun run) throws IOException {
    for (int seed = 1; seed <= run.options().seeds(); seed++) {
      Parts parts = run.parts(seed);
      List<ArmKind> left = new ArrayList<>();
      for (ArmKind kind : kinds()) {
        if (!run.examination().done(Asked.round(seed, kind.toString()), parts.asked())) {
          left.add(kind);
        }
      }
      if (!left.isEmpty()) {
        run(run, seed, parts, left);
      }
      run.done("seed-" + seed);
    }
  }

  private static void run(LabRun run, long seed, Parts parts, List<ArmKind> kinds) {
    String title = "seed " + seed + "/" + run.options().seeds() + ": ";
    Examination examination = run.examination();
    try (LabHone hone = run.start("seed-" + seed, Map.of())) {
      List<Lived> past = run.firstAnswers(hone.client()).to(parts.lived());
      Arms arms = run.arms(hone.client(), seed);
      for (ArmKind kind : kinds) {
        Arm arm = arms.make(kind);
        arm.live("all", past);
        Asked.Round round = Asked.round(seed, kind.toString());
        examination.ask(title + kind, arm, round, parts.asked());
      }
    }
  }

  @Override
  Report report(LabRun run) {
    return new GeneralizedReport(run, List.copyOf(kinds())).report();
  }
}
