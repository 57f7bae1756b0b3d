package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.report.Report;

/** What stands in every report. */
final class Notes {

  private static final String LEXICAL =
      "The built-in model is a lexical reader, not a language model: it answers only from what"
          + " stands in its prompt. Its figures show whether the loop works, not what a language"
          + " model would gain. --upstream URL --model M runs the same with one.";

  private Notes() {}

  /** What every summary begins with. */
  static ObjectNode summary(LabRun run) {
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    summary.set("settings", run.settings());
    return summary.put("lexical_reader", run.options().model().isEmpty());
  }

  /** What was asked of whom. */
  static void introduce(Report report, LabRun run) {
    report.paragraph(
        "Data: "
            + run.dataset().about()
            + ". Model: "
            + run.options().modelName()
            + ". Seeds: "
            + run.options().seeds()
            + ". Hone "
            + run.settings().path("hone").asText()
            + ".");
    if (run.options().limit().isPresent()) {
      report.note(
          "A slice only: at most "
              + run.options().limit().getAsInt()
              + " questions of those that are asked, and ten times as many of those that are lived"
              + " through (--limit).");
    }
    if (run.options().model().isEmpty()) {
      report.note(LEXICAL);
    }
  }

  /** How the statistics are to be read. */
  static void statistics(Report report) {
    report.heading("How to read the figures");
    report.paragraph(
        "Accuracy: Wilson's interval (1927) for as many independent questions as the answers are"
            + " worth, the same question under several seeds being one cluster (design effect, Kish"
            + " 1965). Differences: pairs of answers to the same question under the same seed;"
            + " interval by the paired bootstrap over questions (Efron and Tibshirani 1993), p by a"
            + " randomisation test over questions (Fisher 1935), seed by seed the exact test of"
            + " McNemar (1947). The intervals speak about other questions of the same kind."
            + " Confidence: the mean named when right and when wrong, Brier score (1950), area"
            + " under the ROC curve, expected calibration error over ten bins; intervals by the"
            + " bootstrap over questions, which have no width where every draw says the same (the"
            + " calibration error is too large by chance rather than too small, in draws more"
            + " so).");
  }
}
