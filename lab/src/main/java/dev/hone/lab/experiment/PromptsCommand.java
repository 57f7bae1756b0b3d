package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.arm.Answering;
import dev.hone.lab.arm.Arm;
import dev.hone.lab.arm.ArmKind;
import dev.hone.lab.arm.Arms;
import dev.hone.lab.arm.PinnedArm;
import dev.hone.lab.data.BadData;
import dev.hone.lab.data.Parts;
import dev.hone.lab.report.Report;
import dev.hone.lab.run.Asked;
import dev.hone.lab.server.HoneClient;
import dev.hone.lab.server.LabHone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the paper leaves open: how much hangs on the words of the instruction with which a language
 * model is asked. One pool, each instruction with and without experience.
 */
@Command(
    name = "prompts",
    description = {
      "Ask one pool with other instructions to the model, each with and without experience.",
      "Needs --upstream and --model: the built-in lexical reader heeds no instruction."
    },
    mixinStandardHelpOptions = true)
public final class PromptsCommand extends ExperimentCommand {

  /** The instruction that every experiment uses. */
  static final String STANDARD = "standard";

  private static final Map<String, String> WORDINGS =
      Map.of(
          "brief",
          "Answer with the letter of the right choice, or in a few words.",
          "notes",
          "Notes from earlier work may stand below the question. Where one of them fits the"
              + " question, go by it; where none fits, go by what you know. Answer a"
              + " multiple-choice question with the letter of the right choice, any other question"
              + " in a few words.");

  @Option(
      names = "--prompt",
      paramLabel = "FILE",
      description = "A further instruction, called by the file's name; may be repeated.")
  private List<Path> files = List.of();

  /** By name; without an instruction there is none to the model. */
  private Map<String, Optional<String>> instructions() {
    Map<String, Optional<String>> instructions = new LinkedHashMap<>();
    instructions.put("none", Optional.empty());
    WORDINGS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> instructions.put(each.getKey(), Optional.of(each.getValue())));
    for (Path file : files) {
      try {
        instructions.put(
            String.valueOf(file.getFileName()), Optional.of(Files.readString(file).strip()));
      } catch (IOException e) {
        throw new BadData("The instruction " + file + " cannot be read: " + e.getMessage() + ".");
      }
    }
    return instructions;
  }

  @Override
  ObjectNode own() {
    ObjectNode own = JsonNodeFactory.instance.objectNode();
    ObjectNode words = own.putObject("instructions");
    instructions().forEach((name, text) -> words.put(name, text.orElse("")));
    return own;
  }

  @Override
  void run(LabRun run) throws IOException {
    if (run.options().model().isEmpty()) {
      throw new BadData(
          "The built-in model is a lexical reader that heeds no instruction, so there is nothing to"
              + " compare: name a language model with --upstream URL --model M.");
    }
    for (long seed = 1; seed <= run.options().seeds(); seed++) {
      Parts parts = run.parts(seed);
      try (LabHone hone = run.start("seed-" + seed, Map.of())) {
        Arms arms = run.arms(hone.client(), seed);
        Arm experience = arms.make(ArmKind.EXPERIENCE);
        experience.live("all", run.firstAnswers(hone.client()).to(parts.lived()));
        ask(run, seed, STANDARD, hone.client(), parts);
        for (Map.Entry<String, Optional<String>> each : instructions().entrySet()) {
          ask(run, seed, each.getKey(), hone.client().instructed(each.getValue()), parts);
        }
      }
      run.done("seed-" + seed);
    }
  }

  private static void ask(LabRun run, long seed, String name, HoneClient client, Parts parts) {
    HoneClient visitor = client.as("visitor");
    Map<String, Answering> arms = new LinkedHashMap<>();
    arms.put(name + "-plain", run.arms(client, seed).make(ArmKind.PLAIN));
    arms.put(name + "-experience", PinnedArm.of(visitor, ArmKind.EXPERIENCE.toString()));
    arms.forEach(
        (label, arm) ->
            run.examination()
                .ask(
                    "seed " + seed + "/" + run.options().seeds() + ": " + label,
                    arm,
                    Asked.round(seed, label),
                    parts.asked()));
  }

  @Override
  Report report(LabRun run) {
    List<String> names = new ArrayList<>(List.of(STANDARD));
    names.addAll(instructions().keySet());
    List<String> arms = new ArrayList<>();
    names.forEach(name -> arms.addAll(List.of(name + "-plain", name + "-experience")));
    Comparison comparison = new Comparison(arms, run.folder().asked());
    names.forEach(name -> comparison.compare(name + "-experience", name + "-plain"));
    names.stream()
        .filter(name -> !name.equals(STANDARD))
        .forEach(name -> comparison.compare(name + "-experience", STANDARD + "-experience"));
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    summary.set("settings", run.settings());
    comparison.into(summary);
    Report report = new Report("prompts: " + run.dataset().name(), summary);
    Notes.introduce(report, run);
    report.paragraph(
        "One pool, asked the same questions with other instructions to the model, each with and"
            + " without experience. The block of experience itself is the same.");
    report.table(comparison.scores()).table(comparison.differences());
    report
        .figure(comparison.figure())
        .detail(comparison.seeds())
        .detail(comparison.calibration(summary));
    report.heading("Instructions");
    instructions().forEach((name, text) -> report.paragraph(name + ": " + text.orElse("(none)")));
    Notes.statistics(report);
    return report;
  }
}
