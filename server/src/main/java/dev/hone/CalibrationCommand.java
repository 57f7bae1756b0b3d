package dev.hone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how far the confidences of answers can be believed, in a pool of a running server. */
@Command(
    name = "calibration",
    description = {
      "Say how far the confidences that answers say of themselves can be believed.",
      "Answers count once they were judged and their session is over."
    },
    mixinStandardHelpOptions = true)
final class CalibrationCommand implements Callable<Integer> {

  private static final int WIDTH = 20;

  @Option(names = "--space", defaultValue = "default", description = "The pool (default).")
  private String space = "default";

  @Option(names = "--metric", description = "Instead of the metric that counts.")
  private @Nullable String metric;

  @Option(names = "--days", defaultValue = "30", description = "Days up to today (30).")
  private int days;

  @Mixin private Target target = new Target();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    String path = "/api/v1/calibration?days=" + days;
    if (metric != null) {
      path += "&metric=" + URLEncoder.encode(metric, StandardCharsets.UTF_8);
    }
    JsonNode told = target.running().ask("GET", path, null, "x-hone-space", space);
    if (json) {
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(told));
    } else {
      print(new Terminal(out, spec.commandLine().getColorScheme().ansi()), told);
    }
    out.flush();
    return 0;
  }

  private static void print(Terminal terminal, JsonNode told) {
    int answers = told.path("overall").path("answers").asInt();
    terminal.line(
        "space %s, metric %s, %d days: %d answers that said their confidence and were judged"
            .formatted(
                told.path("space").asText(),
                told.path("metric").asText(),
                told.path("days").asInt(),
                answers));
    if (answers == 0) {
      told.path("metrics")
          .forEach(
              each ->
                  terminal.line(
                      "judged by %s, ever: %d answers (--metric)"
                          .formatted(each.path("metric").asText(), each.path("answers").asInt())));
      terminal.line("With confidence.ask = true, models are asked to say it.");
      return;
    }
    terminal.line(
        "%-20s %7s %7s %7s %10s %10s"
            .formatted("", "answers", "error", "Brier", "when right", "when wrong"));
    figures(terminal, "overall", told.path("overall"));
    figures(terminal, "with experience", told.path("with_experience"));
    figures(terminal, "without experience", told.path("without_experience"));
    figures(terminal, "  held out by lot", told.path("held_out"));
    told.path("daily").forEach(day -> figures(terminal, day.path("day").asText(), day));
    terminal.line("");
    terminal.line("confidence  answers  right   # the share that is right, | the mean confidence");
    told.path("overall").path("bins").forEach(bin -> bar(terminal, bin));
  }

  private static void figures(Terminal terminal, String name, JsonNode figures) {
    terminal.line(
        "%-20s %7d %7s %7s %10s %10s"
            .formatted(
                name,
                figures.path("answers").asInt(),
                number(figures, "error"),
                number(figures, "brier"),
                number(figures, "when_right"),
                number(figures, "when_wrong")));
  }

  private static String number(JsonNode figures, String name) {
    return figures.has(name)
        ? String.format(Locale.ROOT, "%.3f", figures.path(name).asDouble())
        : "-";
  }

  private static void bar(Terminal terminal, JsonNode bin) {
    double right = bin.path("right").asDouble();
    StringBuilder bar =
        new StringBuilder("#".repeat(cells(right)) + ".".repeat(WIDTH - cells(right)));
    bar.setCharAt(Math.min(WIDTH - 1, cells(bin.path("confidence").asDouble())), '|');
    terminal.line(
        String.format(
            Locale.ROOT,
            "%.1f to %.1f  %7d  %.3f   %s",
            bin.path("from").asDouble(),
            bin.path("to").asDouble(),
            bin.path("answers").asInt(),
            right,
            bar));
  }

  private static int cells(double share) {
    return (int) Math.round(share * WIDTH);
  }
}
