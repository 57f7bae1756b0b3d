package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.config.Settings;
import dev.hone.config.SettingsReader;
import dev.hone.lab.experiment.Bm25Command.Change;
import dev.hone.lab.report.Figure;
import dev.hone.lab.report.Report;
import dev.hone.lab.run.Asked;
import dev.hone.lab.statistics.Proportion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What came out of {@code bm25}. */
record Bm25Report(LabRun run, List<Change> changes) {

  Report report() {
    List<Asked> asked = run.folder().asked();
    List<String> arms = new ArrayList<>(List.of("plain"));
    changes.forEach(change -> arms.add(change.arm()));
    Comparison comparison = new Comparison(arms, asked).compare(Bm25Command.DEFAULT, "plain");
    changes.forEach(
        change -> {
          if (!change.setting().isEmpty()) {
            comparison.compare(change.arm(), Bm25Command.DEFAULT);
          }
        });
    ObjectNode summary = Notes.summary(run);
    comparison.into(summary);
    Report report = new Report("bm25: " + run.dataset().name(), summary);
    Notes.introduce(report, run);
    report.paragraph(
        "One pool, asked the same questions with one parameter of retrieval after the other"
            + " changed, the others as they are by default (k1 "
            + defaults().k1()
            + ", b "
            + defaults().b()
            + ", at most "
            + defaults().k()
            + " items).");
    report.table(comparison.scores()).table(comparison.differences());
    for (String setting : List.of("retrieval.k1", "retrieval.b", "retrieval.k")) {
      if (changes.stream().anyMatch(change -> change.setting().equals(setting))) {
        report.figure(figure(setting, asked));
      }
    }
    report.detail(comparison.seeds()).detail(comparison.calibration(summary));
    Notes.statistics(report);
    return report;
  }

  private static Settings.Retrieval defaults() {
    return new SettingsReader().environment(Map.of()).read().retrieval();
  }

  private static double standard(String setting) {
    return switch (setting) {
      case "retrieval.k1" -> defaults().k1();
      case "retrieval.b" -> defaults().b();
      default -> defaults().k();
    };
  }

  private Figure figure(String setting, List<Asked> asked) {
    String name = setting.substring(setting.indexOf('.') + 1);
    List<Change> points = new ArrayList<>();
    changes.stream().filter(change -> change.setting().equals(setting)).forEach(points::add);
    points.sort(Comparator.comparingDouble(Change::value));
    List<Double> x = new ArrayList<>();
    List<Proportion> y = new ArrayList<>();
    boolean told = false;
    for (Change point : points) {
      if (!told && point.value() > standard(setting)) {
        x.add(standard(setting));
        y.add(accuracy(Bm25Command.DEFAULT, asked));
        told = true;
      }
      x.add(point.value());
      y.add(accuracy(point.arm(), asked));
    }
    if (!told) {
      x.add(standard(setting));
      y.add(accuracy(Bm25Command.DEFAULT, asked));
    }
    return Figure.lines(
        name,
        "Accuracy by " + setting + ", with 95 % interval",
        setting,
        "accuracy in %",
        true,
        List.of(new Figure.Line("experience", x, y.stream().map(Proportion::interval).toList())));
  }

  private static Proportion accuracy(String arm, List<Asked> asked) {
    return ArmScore.of(asked.stream().filter(each -> each.round().arm().equals(arm)).toList())
        .accuracy();
  }
}
