package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.data.BadData;
import dev.hone.lab.data.Question;
import dev.hone.lab.report.Report;
import dev.hone.lab.server.LabHone;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What wrong corrections cost, with the outcome loop off and on. The paper leaves this open.
 *
 * <p>The loop draws its lots itself, for sessions and items that have new names in each run: two
 * runs differ by chance, as two seeds do.
 */
@Command(
    name = "noise",
    description = "Wrong corrections in the stream, with the outcome loop off and on.",
    mixinStandardHelpOptions = true)
public final class NoiseCommand extends ExperimentCommand {

  static final String CLEAN = "clean";
  static final String NOISY = "noisy";
  static final String LOOP = ", loop on";
  private static final int QUESTIONS = 100;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "36",
      description = "How often each question is asked (36).")
  private int epochs = 36;

  @Option(
      names = "--corrected",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      description = "Share of the questions corrected after an epoch, others each time (0.2).")
  private double corrected = 0.2;

  @Option(
      names = "--wrong",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      description = "Share of the corrections that are wrong (0.2).")
  private double wrong = 0.2;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      defaultValue = "0.3",
      description = "Probability with which the loop leaves an item out of a session (0.3).")
  private double dropout = 0.3;

  @Option(
      names = "--exams",
      paramLabel = "N",
      defaultValue = "6",
      description = "Examinations, of which nothing is learned, evenly spread (6).")
  private int exams = 6;

  @Spec private CommandSpec command;

  @Override
  ObjectNode own() {
    CommandLine line = command.commandLine();
    check(line, epochs >= 1, "--epochs is at least 1.");
    check(line, corrected > 0 && corrected <= 1, "--corrected is above 0 and at most 1.");
    check(line, wrong >= 0 && wrong <= 1, "--wrong lies between 0 and 1.");
    check(line, dropout > 0 && dropout <= 0.9, "--dropout is above 0 and at most 0.9.");
    check(line, exams >= 1 && exams <= epochs, "--exams lies between 1 and --epochs.");
    return JsonNodeFactory.instance
        .objectNode()
        .put("epochs", epochs)
        .put("corrected", corrected)
        .put("wrong", wrong)
        .put("dropout", dropout)
        .put("exams", exams);
  }

  private static void check(CommandLine line, boolean right, String message) {
    if (!right) {
      throw new ParameterException(line, message);
    }
  }

  /** With the loop off, and on: as soon as an answer is judged, its session is over. */
  private Map<String, String> settings(boolean loop) {
    return loop
        ? Map.of(
            "outcome.dropout",
            Double.toString(dropout),
            "outcome.idle",
            "0s",
            "outcome.window",
            "0s",
            "outcome.ranking",
            "5")
        : Map.of("outcome.ranking", "0", "outcome.acts", "false");
  }

  private NoisyLife.Plan plan(double noise) {
    return new NoisyLife.Plan(epochs, corrected, noise, exams);
  }

  @Override
  void run(LabRun run) throws IOException {
    for (int seed = 1; seed <= run.options().seeds(); seed++) {
      List<Question> questions = questions(run, seed);
      for (boolean loop : List.of(false, true)) {
        String with = loop ? LOOP : "";
        List<NoisyLife> lives =
            List.of(
                new NoisyLife(run, CLEAN + with, seed, questions, plan(0)),
                new NoisyLife(run, NOISY + with, seed, questions, plan(wrong)));
        String pool = "seed-" + seed + (loop ? "-on" : "-off");
        if (!lives.stream().allMatch(NoisyLife::done)) {
          try (LabHone hone = run.start(pool, settings(loop))) {
            lives.forEach(life -> life.live(hone.client()));
          }
        }
        run.done(pool);
      }
    }
  }

  private static List<Question> questions(LabRun run, long seed) {
    List<Question> questions =
        run.dataset().parts(seed).asked().stream()
            .limit(run.options().limit().orElse(QUESTIONS))
            .toList();
    if (questions.size() < 2) {
      throw new BadData("Data set " + run.dataset().name() + " has no two questions to ask.");
    }
    return questions;
  }

  @Override
  Report report(LabRun run) {
    return new NoiseReport(run, plan(wrong)).report();
  }
}
