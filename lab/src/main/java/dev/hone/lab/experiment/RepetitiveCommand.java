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
 * The paper's repetitive setting: several clients ask the same questions again and again, and are
 * corrected on some of them. Once they share a pool, once each has its own.
 */
@Command(
    name = "repetitive",
    description =
        "Clients ask the same questions in several epochs: the paper's repetitive setting.",
    mixinStandardHelpOptions = true)
public final class RepetitiveCommand extends ExperimentCommand {

  private static final int QUESTIONS = 200;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "4",
      description = "Clients, each with a key of its own (4).")
  private int clients = 4;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often each client asks each question (5).")
  private int epochs = 5;

  @Option(
      names = "--corrected",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      description =
          "Share of the questions on which a client is corrected after an epoch, others each time"
              + " (0.2).")
  private double corrected = 0.2;

  @Spec private CommandSpec command;

  @Override
  ObjectNode own() {
    CommandLine line = command.commandLine();
    if (clients < 1 || clients > 100) {
      throw new ParameterException(line, "--clients lies between 1 and 100.");
    }
    if (epochs < 2) {
      throw new ParameterException(line, "--epochs is at least 2.");
    }
    if (!(corrected > 0 && corrected <= 1)) {
      throw new ParameterException(line, "--corrected is above 0 and at most 1.");
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("clients", clients)
        .put("epochs", epochs)
        .put("corrected", corrected);
  }

  @Override
  void run(LabRun run) throws IOException {
    for (int seed = 1; seed <= run.options().seeds(); seed++) {
      Epochs plan = new Epochs(run, seed, questions(run, seed), clients, epochs, corrected);
      if (!plan.done()) {
        try (LabHone hone = run.start("seed-" + seed, Map.of())) {
          plan.live(hone.client());
        }
      }
      run.done("seed-" + seed);
    }
  }

  private static List<Question> questions(LabRun run, long seed) {
    List<Question> questions =
        run.dataset().parts(seed).asked().stream()
            .limit(run.options().limit().orElse(QUESTIONS))
            .toList();
    if (questions.isEmpty()) {
      throw new BadData("Data set " + run.dataset().name() + " has no question with an answer.");
    }
    return questions;
  }

  @Override
  Report report(LabRun run) {
    return new RepetitiveReport(run, epochs).report();
  }
}
