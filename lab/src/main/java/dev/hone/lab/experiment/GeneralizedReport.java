package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.arm.ArmKind;
import dev.hone.lab.report.Report;
import java.util.List;
import java.util.OptionalDouble;

/** What came out of {@code generalized}. */
record GeneralizedReport(LabRun run, List<ArmKind> kinds) {

  private static final String PUBLISHED =
      "Published: Yin, Huang, Kim and Du 2025 (arXiv 2509.18771), of unseen related questions, with"
          + " the language models and data named there: 4.6 points over plain inference, and about"
          + " 3 over the memory-based baseline, which is raw here.";
  private static final OptionalDouble OVER_PLAIN = OptionalDouble.of(0.046);
  private static final OptionalDouble OVER_RAW = OptionalDouble.of(0.03);
  private static final String SHEET =
      "The built-in model cannot rewrite a text: its sheet is extractive, the newest questions with"
          + " their answers as far as the budget reaches.";

  Report report() {
    Comparison comparison =
        new Comparison(kinds.stream().map(ArmKind::toString).toList(), run.folder().asked())
            .compare("experience", "plain", OVER_PLAIN)
            .compare("experience", "raw", OVER_RAW)
            .compare("experience", "sheet")
            .compare("experience", "shuffled")
            .compare("raw", "plain");
    TopicVariance topics = new TopicVariance(comparison);
    ObjectNode summary = Notes.summary(run);
    comparison.into(summary);
    Report report = new Report("generalized: " + run.dataset().name(), summary);
    Notes.introduce(report, run);
    report.paragraph(
        "Each arm lives through the same questions in the same order, told what was wrong, then is"
            + " asked the same others, with the same model, number of items and tokens.");
    report.table(comparison.scores()).table(comparison.differences());
    report
        .figure(comparison.figure())
        .detail(comparison.seeds())
        .detail(comparison.calibration(summary));
    report.note(PUBLISHED);
    if (kinds.contains(ArmKind.SHEET) && run.options().model().isEmpty()) {
      report.note(SHEET);
    }
    if (topics.differs()) {
      topics.into(summary);
      report.table(topics.summary()).detail(topics.detail());
    }
    report.heading("Arms");
    kinds.forEach(kind -> report.paragraph(kind + ": " + kind.about() + "."));
    Notes.statistics(report);
    return report;
  }
}
