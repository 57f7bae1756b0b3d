package dev.hone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether outcomes get worse in a pool of a running server. */
@Command(
    name = "alarms",
    description = {
      "Say whether outcomes get worse: without refinement, after one, or in some types.",
      "An alarm says that something changed, not why."
    },
    mixinStandardHelpOptions = true)
final class AlarmsCommand implements Callable<Integer> {

  @Option(names = "--space", defaultValue = "default", description = "The pool (default).")
  private String space = "default";

  @Mixin private Target target = new Target();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode alarms = target.running().ask("GET", "/api/v1/alarms", null, "x-hone-space", space);
    if (json) {
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(alarms));
    } else {
      Terminal terminal = new Terminal(out, spec.commandLine().getColorScheme().ansi());
      alarms.path("items").forEach(alarm -> print(terminal, alarm));
    }
    out.flush();
    return 0;
  }

  private static void print(Terminal terminal, JsonNode alarm) {
    String status = alarm.path("status").asText();
    terminal.line(
        status.equals("raised") ? Style.fg_red : Style.reset,
        "%-8s %-26s  %s"
            .formatted(status, alarm.path("kind").asText(), alarm.path("statement").asText()));
    if (alarm.path("advice").isTextual()) {
      terminal.line("         %s".formatted(alarm.path("advice").asText()));
    }
  }
}
