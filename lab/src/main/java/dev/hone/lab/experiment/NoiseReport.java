package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.report.Figure;
import dev.hone.lab.report.Report;
import dev.hone.lab.report.Table;
import dev.hone.lab.report.Table.Column;
import dev.hone.lab.report.Table.Format;
import dev.hone.lab.run.Asked;
import dev.hone.lab.statistics.Interval;
import dev.hone.lab.statistics.Paired;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came out of {@code noise}. */
final class NoiseReport {

  private static final String CLEAN = NoiseCommand.CLEAN;
  private static final String NOISY = NoiseCommand.NOISY;
  private static final String NOISY_ON = NOISY + NoiseCommand.LOOP;
  private static final List<String> ARMS =
      List.of(CLEAN, CLEAN + NoiseCommand.LOOP, NOISY, NOISY_ON);

  private final LabRun run;
  private final NoisyLife.Plan plan;
  private final List<Asked> answers;

  NoiseReport(LabRun run, NoisyLife.Plan plan) {
    this.run = run;
    this.plan = plan;
    this.answers = run.folder().asked();
  }

  private List<Asked> of(String arm, int epoch) {
    return answers.stream().filter(each -> NoisyLife.examined(each, arm, epoch)).toList();
  }

  private List<Asked> last(String arm) {
    return of(arm, plan.epochs());
  }

  Report report() {
    ObjectNode summary = Notes.summary(run);
    ObjectNode arms = summary.putObject("arms");
    ARMS.forEach(arm -> ArmScore.of(last(arm)).into(arms.putObject(arm)));
    Report report = new Report("noise: " + run.dataset().name(), summary);
    Notes.introduce(report, run);
    report.paragraph(
        String.format(
            Locale.ROOT,
            "Every question is asked %d times. Each answer is judged, truly; after each time %.0f"
                + " %% of the questions are corrected, and of these corrections %.0f %% are wrong"
                + " in the noisy arms. With the loop on, items are left out of sessions by lot,"
                + " ranked or left out by what that tells of them, and put into quarantine when"
                + " their harm is established. Examined without lot.",
            plan.epochs(),
            100 * plan.corrected(),
            100 * plan.wrong()));
    report.table(scores()).table(differences(summary)).note(kept(summary)).figure(figure());
    Notes.statistics(report);
    return report;
  }

  private Table scores() {
    List<List<Object>> rows = new ArrayList<>();
    for (String arm : ARMS) {
      for (int epoch : plan.examined()) {
        ArmScore score = ArmScore.of(of(arm, epoch));
        rows.add(
            List.of(
                arm,
                epoch,
                score.accuracy().value(),
                score.accuracy().low(),
                score.accuracy().high(),
                score.tokens()));
      }
    }
    return new Table(
        "scores",
        "Accuracy with its 95 % interval, after so many epochs",
        List.of(
            new Column("arm", Format.TEXT),
            new Column("epoch", Format.WHOLE),
            new Column("accuracy", Format.PERCENT),
            new Column("low", Format.PERCENT),
            new Column("high", Format.PERCENT),
            new Column("tokens", Format.WHOLE)),
        rows);
  }

  private Table differences(ObjectNode summary) {
    ArrayNode list = summary.putArray("differences");
    List<List<Object>> rows = new ArrayList<>();
    add(list, rows, CLEAN, NOISY);
    add(list, rows, NOISY_ON, NOISY);
    add(list, rows, CLEAN, NOISY_ON);
    add(list, rows, CLEAN + NoiseCommand.LOOP, CLEAN);
    return new Table(
        "differences",
        "Paired differences in points at the end, with 95 % interval",
        List.of(
            new Column("compared", Format.TEXT),
            new Column("difference", Format.POINTS),
            new Column("low", Format.POINTS),
            new Column("high", Format.POINTS),
            new Column("p", Format.NUMBER)),
        rows);
  }

  private void add(ArrayNode list, List<List<Object>> rows, String arm, String over) {
    Paired paired = Pairs.of(last(arm), last(over)).compared();
    Pairs.put(list.addObject().put("arm", arm).put("over", over), paired);
    rows.add(
        List.of(arm + " − " + over, paired.difference(), paired.low(), paired.high(), paired.p()));
  }

  private double accuracy(String arm) {
    return ArmScore.of(last(arm)).accuracy().value();
  }

  /** Which part of what noise costs the loop keeps. */
  private String kept(ObjectNode summary) {
    double lost = accuracy(CLEAN) - accuracy(NOISY);
    double back = accuracy(NOISY_ON) - accuracy(NOISY);
    summary.put("lost", lost).put("kept", back);
    if (lost <= 0) {
      summary.putNull("kept_share");
      return "Wrong corrections cost nothing here, so there is nothing to keep.";
    }
    summary.put("kept_share", back / lost);
    String told =
        String.format(
            Locale.ROOT,
            "Wrong corrections cost %.1f points with the loop off; the loop keeps %.1f of them"
                + " (%.0f %%",
            100 * lost,
            100 * back,
            100 * back / lost);
    if (Pairs.of(last(CLEAN), last(NOISY)).compared().low() <= 0) {
      return told + ", with no interval: they may have cost nothing).";
    }
    Interval share = keptShare();
    summary.put("kept_low", share.low()).put("kept_high", share.high());
    return told
        + String.format(
            Locale.ROOT,
            ", %.0f to %.0f by the bootstrap over questions).",
            100 * share.low(),
            100 * share.high());
  }

  /** Where noise does cost something, surely. */
  private Interval keptShare() {
    Map<String, List<Asked>> questions =
        Stream.of(CLEAN, NOISY, NOISY_ON)
            .flatMap(arm -> last(arm).stream())
            .collect(Collectors.groupingBy(Asked::id, LinkedHashMap::new, Collectors.toList()));
    Map<String, Interval> told =
        Interval.of(
            List.copyOf(questions.values()),
            some -> {
              double noisy = right(some, NOISY);
              double lost = right(some, CLEAN) - noisy;
              return lost <= 0 ? Map.of() : Map.of("kept", (right(some, NOISY_ON) - noisy) / lost);
            });
    return Objects.requireNonNull(told.get("kept"));
  }

  private static double right(List<Asked> answers, String arm) {
    return answers.stream()
        .filter(each -> each.round().arm().equals(arm))
        .mapToInt(each -> each.right() ? 1 : 0)
        .average()
        .orElse(0);
  }

  private Figure figure() {
    List<Figure.Line> lines = new ArrayList<>();
    for (String arm : ARMS) {
      lines.add(
          new Figure.Line(
              arm,
              plan.examined().stream().map(Integer::doubleValue).toList(),
              plan.examined().stream()
                  .map(epoch -> ArmScore.of(of(arm, epoch)).accuracy().interval())
                  .toList()));
    }
    return Figure.lines(
        "accuracy", "Accuracy by epoch, with 95 % interval", "epoch", "accuracy in %", true, lines);
  }
}
