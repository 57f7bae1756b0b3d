package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.experiment.PoolPolicy.Made;
import dev.hone.lab.report.Figure;
import dev.hone.lab.report.Report;
import dev.hone.lab.report.Table;
import dev.hone.lab.report.Table.Column;
import dev.hone.lab.report.Table.Format;
import dev.hone.lab.run.Asked;
import dev.hone.lab.statistics.Proportion;
import java.util.ArrayList;
import java.util.List;

/**
 * What came out of {@code refined}.
 *
 * @param full the arms of the growing pool, in order; the last is the saturated one
 * @param policies how it was refined
 * @param pools what the pools held
 */
record RefinedReport(LabRun run, List<String> full, List<PoolPolicy> policies, List<Made> pools) {

  private static final String PUBLISHED =
      "The paper (arXiv 2509.18771, section 3.3) saturates a store by 100 iterations per question"
          + " of a language model that distills, and recovers up to 25 points by refinement. Here"
          + " the distiller is seeded noise on the words of the question, and a wrong answer now"
          + " and then: it shows the mechanism, not the size of what a language model would lose"
          + " and gain.";

  private String saturated() {
    return full.getLast();
  }

  Report report() {
    List<Asked> asked = run.folder().asked();
    List<String> arms = new ArrayList<>(List.of("plain"));
    arms.addAll(full);
    policies.forEach(policy -> arms.add(policy.arm()));
    Comparison comparison = new Comparison(arms, asked).compare(saturated(), full.getFirst());
    policies.forEach(policy -> comparison.compare(policy.arm(), saturated()));
    ObjectNode summary = Notes.summary(run);
    comparison.into(summary);
    ArrayNode made = summary.putArray("pools");
    pools.forEach(pool -> made.add(pool.line()));
    Report report = new Report("refined: " + run.dataset().name(), summary);
    Notes.introduce(report, run);
    report.paragraph(
        "Each question lived through is distilled again and again into the same pool, which merges"
            + " nothing on write. The pool is asked as it grows; then copies of the saturated pool"
            + " are refined, each at one threshold, until nothing changes, and asked.");
    report.table(saturation(asked)).figure(growth(asked));
    report.table(sweep(asked));
    for (String measure : List.of("normalised", "raw")) {
      if (policies.stream().anyMatch(policy -> policy.measure().equals(measure))) {
        report.figure(curve(measure, asked));
      }
    }
    report.table(comparison.differences()).detail(comparison.seeds());
    report.note(PUBLISHED);
    report.paragraph(
        "Proved: a condensation replaces its parents only when they say the same, and the child"
            + " keeps their numbers, names and negations and is found where they were. Unproved"
            + " (refine.proof = false): whatever is similar becomes the one of its items whose"
            + " content most of them say, as refinement by similarity alone does.");
    Notes.statistics(report);
    return report;
  }

  private static ArmScore score(String arm, List<Asked> asked) {
    return ArmScore.of(asked.stream().filter(each -> each.round().arm().equals(arm)).toList());
  }

  /** Items shown, mean over the seeds. */
  private double items(String arm) {
    return pools.stream()
        .filter(pool -> pool.arm().equals(arm))
        .mapToInt(Made::items)
        .average()
        .orElse(0);
  }

  private double passes(String arm) {
    return pools.stream()
        .filter(pool -> pool.arm().equals(arm))
        .mapToInt(Made::passes)
        .average()
        .orElse(0);
  }

  private Table saturation(List<Asked> asked) {
    List<List<Object>> rows = new ArrayList<>();
    for (String arm : full) {
      ArmScore score = score(arm, asked);
      Proportion accuracy = score.accuracy();
      rows.add(
          List.of(
              iterations(arm),
              items(arm),
              accuracy.value(),
              accuracy.low(),
              accuracy.high(),
              score.tokens()));
    }
    return new Table(
        "saturation",
        "The growing pool: accuracy by iterations of the distiller, with 95 % interval",
        List.of(
            new Column("iterations", Format.WHOLE),
            new Column("items", Format.WHOLE),
            new Column("accuracy", Format.PERCENT),
            new Column("low", Format.PERCENT),
            new Column("high", Format.PERCENT),
            new Column("tokens", Format.WHOLE)),
        rows);
  }

  private static double iterations(String arm) {
    return Integer.parseInt(arm.substring(arm.indexOf('-') + 1));
  }

  private Table sweep(List<Asked> asked) {
    List<List<Object>> rows = new ArrayList<>();
    for (PoolPolicy policy : policies) {
      ArmScore score = score(policy.arm(), asked);
      Proportion accuracy = score.accuracy();
      rows.add(
          List.of(
              policy.measure(),
              policy.threshold(),
              policy.proof() ? "proved" : "unproved",
              items(policy.arm()),
              passes(policy.arm()),
              accuracy.value(),
              accuracy.low(),
              accuracy.high(),
              score.tokens()));
    }
    return new Table(
        "sweep",
        "Refined pools: accuracy by threshold, with 95 % interval",
        List.of(
            new Column("measure", Format.TEXT),
            new Column("threshold", Format.NUMBER),
            new Column("proof", Format.TEXT),
            new Column("items", Format.WHOLE),
            new Column("passes", Format.WHOLE),
            new Column("accuracy", Format.PERCENT),
            new Column("low", Format.PERCENT),
            new Column("high", Format.PERCENT),
            new Column("tokens", Format.WHOLE)),
        rows);
  }

  private Figure growth(List<Asked> asked) {
    return Figure.lines(
        "saturation",
        "Accuracy of the growing pool, with 95 % interval",
        "iterations of the distiller",
        "accuracy in %",
        true,
        List.of(
            line("full pool", full, full.stream().map(RefinedReport::iterations).toList(), asked)));
  }

  private Figure curve(String measure, List<Asked> asked) {
    List<PoolPolicy> of =
        policies.stream().filter(policy -> policy.measure().equals(measure)).toList();
    List<Double> thresholds = of.stream().map(PoolPolicy::threshold).distinct().sorted().toList();
    List<Figure.Line> lines = new ArrayList<>();
    for (boolean proof : new boolean[] {true, false}) {
      List<String> arms =
          thresholds.stream().map(t -> new PoolPolicy(measure, t, proof).arm()).toList();
      lines.add(line(proof ? "proved" : "unproved", arms, thresholds, asked));
    }
    lines.add(line("full pool", same(saturated(), thresholds), thresholds, asked));
    lines.add(line("unsaturated", same(full.getFirst(), thresholds), thresholds, asked));
    return Figure.lines(
        "sweep-" + measure,
        "Accuracy by " + measure + " threshold, with 95 % interval",
        "threshold",
        "accuracy in %",
        true,
        lines);
  }

  private static List<String> same(String arm, List<Double> thresholds) {
    return thresholds.stream().map(any -> arm).toList();
  }

  private static Figure.Line line(
      String name, List<String> arms, List<Double> x, List<Asked> asked) {
    return new Figure.Line(
        name, x, arms.stream().map(arm -> score(arm, asked).accuracy().interval()).toList());
  }
}
