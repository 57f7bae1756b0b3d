package dev.hone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether experience helped, in a pool of a running server. */
@Command(
    name = "lift",
    description = {
      "Say whether experience helped: the mean outcome of sessions shown it, less that of others.",
      "'unknown' means that nothing was held back; 'unclear' that it may be chance."
    },
    mixinStandardHelpOptions = true)
final class LiftCommand implements Callable<Integer> {

  @Option(names = "--space", defaultValue = "default", description = "The pool (default).")
  private String space = "default";

  @Option(names = "--metric", description = "Instead of the metric that counts.")
  private @Nullable String metric;

  @Mixin private Target target = new Target();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    String path =
        metric == null
            ? "/api/v1/lift"
            : "/api/v1/lift?metric=" + URLEncoder.encode(metric, StandardCharsets.UTF_8);
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
    terminal.line(
        "space %s, metric %s: %s; %s"
            .formatted(
                told.path("space").asText(),
                told.path("metric").asText(),
                arm("not held out", told.path("shown")),
                arm("held out", told.path("held_out"))));
    String metric = told.path("metric").asText();
    List<String> metrics = told.path("metrics").findValuesAsText("metric");
    if (!metrics.contains(metric)) {
      terminal.line(
          metrics.isEmpty()
              ? "No session was judged yet: tell outcomes with POST /api/v1/feedback."
              : "No session was judged by %s yet; sessions were by %s (--metric)."
                  .formatted(metric, String.join(", ", metrics)));
    }
    line(terminal, "all experience", told.path("lift"));
    told.path("types")
        .forEach(type -> line(terminal, "type " + type.path("type").asText(), type.path("lift")));
    told.path("items")
        .forEach(
            item ->
                line(
                    terminal,
                    "%s %s %s"
                        .formatted(
                            item.path("experience_id").asText(),
                            item.path("state").asText()
                                + (item.path("doubted").asBoolean() ? " (doubted)" : ""),
                            item.path("title").asText()),
                    item.path("lift")));
    String missing = told.path("missing").path("status").asText();
    if (missing.equals("helps") || missing.equals("harms")) {
      terminal.line(
          Style.fg_red,
          "Outcomes are missing more often in one arm than in the other: these figures mislead.");
    }
  }

  private static String arm(String name, JsonNode arm) {
    return "%d sessions %s, %d with an outcome"
        .formatted(arm.path("sessions").asInt(), name, arm.path("judged").asInt());
  }

  private static void line(Terminal terminal, String name, JsonNode lift) {
    String status = lift.path("status").asText();
    Style style =
        switch (status) {
          case "helps" -> Style.fg_green;
          case "harms" -> Style.fg_red;
          default -> Style.reset;
        };
    String figures =
        status.equals("unknown")
            ? "not known yet: %d sessions with it, %d without"
                .formatted(lift.path("shown").asInt(), lift.path("not_shown").asInt())
            : String.format(
                Locale.ROOT,
                "%+.3f (%+.3f to %+.3f), %d sessions with it, %d without; would show %.3f",
                lift.path("lift").asDouble(),
                lift.path("low").asDouble(),
                lift.path("high").asDouble(),
                lift.path("shown").asInt(),
                lift.path("not_shown").asInt(),
                lift.path("detectable").asDouble());
    terminal.line(style, "%-8s %s  %s".formatted(status, name, figures));
  }
}
