package dev.hone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what experience costs and saves, in a pool of a running server. */
@Command(
    name = "costs",
    description = {
      "Say what learning and experience cost, day by day, and what they save.",
      "What is saved is known only where some sessions are held out (outcome.holdout).",
      "Money stands where prices are told (cost.prompt, cost.answer, cost.learning)."
    },
    mixinStandardHelpOptions = true)
final class CostsCommand implements Callable<Integer> {

  @Option(names = "--space", defaultValue = "default", description = "The pool (default).")
  private String space = "default";

  @Option(names = "--days", defaultValue = "30", description = "Days up to today (30).")
  private int days;

  @Mixin private Target target = new Target();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode told =
        target.running().ask("GET", "/api/v1/costs?days=" + days, null, "x-hone-space", space);
    if (json) {
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(told));
    } else {
      Terminal terminal = new Terminal(out, spec.commandLine().getColorScheme().ansi());
      daily(terminal, told);
      wholeTime(terminal, told);
    }
    out.flush();
    return 0;
  }

  private static void daily(Terminal terminal, JsonNode told) {
    terminal.line(
        "space %s, %d days".formatted(told.path("space").asText(), told.path("days").asInt()));
    boolean money =
        StreamSupport.stream(told.path("daily").spliterator(), false)
            .anyMatch(day -> day.has("money") || day.path("learning").has("money"));
    terminal.line(
        "%-10s %27s %24s %18s %27s%s"
            .formatted(
                "",
                "learning",
                "interactions",
                "injected",
                "tokens",
                money ? "%31s".formatted("money") : ""));
    terminal.line(
        "%-10s %8s %10s %7s %11s %12s %9s %8s %9s %8s %8s%s"
            .formatted(
                "day",
                "calls",
                "tokens",
                "CPU s",
                "all",
                "with exp.",
                "(est.)",
                "search s",
                "prompt",
                "cached",
                "answer",
                money ? " %10s %9s %10s".formatted("learning", "injected", "answering") : ""));
    told.path("daily").forEach(day -> terminal.line(line(day) + (money ? money(day) : "")));
    long uncounted = sum(told, "uncounted");
    if (uncounted > 0) {
      terminal.line(
          "the tokens of %d of the %d interactions were counted by no model and are missing above"
              .formatted(uncounted, sum(told, "interactions")));
    }
  }

  private static long sum(JsonNode told, String name) {
    return StreamSupport.stream(told.path("daily").spliterator(), false)
        .mapToLong(day -> day.path(name).asLong())
        .sum();
  }

  private static String line(JsonNode day) {
    JsonNode learning = day.path("learning");
    return String.format(
        Locale.ROOT,
        "%-10s %8d %10d %7.1f %11d %12d %9d %8.1f %9d %8d %8d",
        day.path("day").asText(),
        learning.path("calls").asLong(),
        learning.path("tokens").asLong(),
        learning.path("cpu_seconds").asDouble(),
        day.path("interactions").asLong(),
        day.path("augmented").asLong(),
        day.path("injected_tokens").asLong(),
        day.path("search_seconds").asDouble(),
        day.path("prompt_tokens").asLong(),
        day.path("cached_tokens").asLong(),
        day.path("answer_tokens").asLong());
  }

  private static String money(JsonNode day) {
    return " %10s %9s %10s"
        .formatted(
            money(day.path("learning"), "money"),
            money(day, "injected_money"),
            money(day, "money"));
  }

  private static String money(JsonNode view, String name) {
    return view.has(name) ? String.format(Locale.ROOT, "%.4f", view.path(name).asDouble()) : "-";
  }

  private static void wholeTime(Terminal terminal, JsonNode told) {
    JsonNode whole = told.path("whole_time");
    JsonNode learning = whole.path("learning");
    terminal.line("");
    terminal.line(
        String.format(
            Locale.ROOT,
            "whole time: learning took %d calls, %d tokens, %.1f CPU seconds; searches took %.1f"
                + " seconds",
            learning.path("calls").asLong(),
            learning.path("tokens").asLong(),
            learning.path("cpu_seconds").asDouble(),
            whole.path("search_seconds").asDouble()));
    String sessions =
        "%d sessions not held out, %d held out, of known tokens"
            .formatted(
                whole.path("shown").path("sessions").asInt(),
                whole.path("held_out").path("sessions").asInt());
    boolean priced = whole.has("money_saved");
    estimate(terminal, "tokens saved", whole.path("tokens_saved"), "%+.0f", sessions);
    if (priced) {
      estimate(terminal, "money saved", whole.path("money_saved"), "%+.4f", "tokens saved, priced");
      estimate(terminal, "net", whole.path("net"), "%+.4f", "less what learning cost");
    }
    estimate(
        terminal,
        "outcomes gained",
        whole.path("outcomes_gained"),
        "%+.1f",
        "by " + told.path("metric").asText());
    if (whole.has("tokens_saved")) {
      terminal.line("Intervals of tokens and money are Welch's: they hold for one look.");
    }
  }

  private static void estimate(
      Terminal terminal, String name, JsonNode estimate, String format, String of) {
    String figure =
        estimate.isMissingNode()
            ? "not known"
            : String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                estimate.path("value").asDouble(),
                estimate.path("low").asDouble(),
                estimate.path("high").asDouble());
    terminal.line("%-16s %s; %s".formatted(name, figure, of));
  }
}
