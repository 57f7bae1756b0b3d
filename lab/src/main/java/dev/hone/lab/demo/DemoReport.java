package dev.hone.lab.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a demo run measured.
 *
 * @param model the model that answered
 * @param before the model alone
 * @param raw with raw records, same k and token budget
 * @param after with experience
 * @param shuffled with experience of shuffled corrections: a control
 * @param injectedOnUnanswerable of {@code unanswerable} questions that nothing lived through helps
 *     with: a control; absent for data that brings none
 * @param unanswerable how many of these were asked
 * @param interactions lived through
 * @param episodes they became
 * @param experiences that came of these
 * @param refined and what refinement left
 * @param seconds the whole run
 */
record DemoReport(
    String model,
    Examination.Result before,
    Examination.Result raw,
    Examination.Result after,
    Examination.Result shuffled,
    OptionalInt injectedOnUnanswerable,
    int unanswerable,
    int interactions,
    int episodes,
    int experiences,
    int refined,
    double seconds) {

  ObjectNode json() {
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("model", model);
    before.score().into(report.putObject("before"));
    raw.score().into(report.putObject("raw"));
    after.score().into(report.putObject("after"));
    shuffled.score().into(report.putObject("shuffled"));
    if (injectedOnUnanswerable.isPresent()) {
      report.put("injectedOnUnanswerable", injectedOnUnanswerable.getAsInt());
    } else {
      report.putNull("injectedOnUnanswerable");
    }
    report.put("interactions", interactions);
    report.put("episodes", episodes);
    report.put("experiences", experiences);
    report.put("experiencesRefined", refined);
    report.put("injectedTokensMean", after.tokens());
    report.putObject("overheadMs").put("p50", after.overhead(0.5)).put("p99", after.overhead(0.99));
    report.put("seconds", seconds);
    return report;
  }

  void print(PrintStream out) {
    out.println();
    out.println("  " + after.score().questions() + " held-out questions, answered by " + model);
    out.println();
    out.println(
        "                                accuracy   95 % interval    confidence right / wrong");
    line(out, "the model alone", before);
    line(out, "with raw records", raw);
    line(out, "with experience", after);
    line(out, "  corrections shuffled", shuffled);
    out.println();
    if (injectedOnUnanswerable.isPresent()) {
      out.println(
          "  injected into "
              + injectedOnUnanswerable.getAsInt()
              + " of "
              + unanswerable
              + " questions that nothing lived through helps with");
    }
    out.println(
        "  "
            + interactions
            + " interactions -> "
            + episodes
            + " episodes -> "
            + experiences
            + " items -> "
            + refined
            + " after refinement");
    out.printf(
        Locale.ROOT,
        "  %.0f tokens injected a question; overhead p50 %.1f ms, p99 %.1f ms; %.0f s in all%n",
        after.tokens(),
        after.overhead(0.5),
        after.overhead(0.99),
        seconds);
    if (model.equals(DemoCommand.BUILTIN)) {
      out.println();
      out.println(
          "  The built-in model is a lexical reader, not a language model: it answers only from");
      out.println(
          "  what stands in its prompt. --upstream URL --model M runs the same with a real one.");
    }
    out.println();
  }

  private static void line(PrintStream out, String name, Examination.Result result) {
    Score score = result.score();
    out.printf(
        Locale.ROOT,
        "  %-28s   %5.1f %%   %5.1f – %5.1f %%    %s / %s%n",
        name,
        100 * score.accuracy(),
        100 * score.low(),
        100 * score.high(),
        share(score.confidenceRight()),
        share(score.confidenceWrong()));
  }

  private static String share(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.2f", value.getAsDouble()) : " –  ";
  }
}
