package dev.hone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Refines a pool of a running server, or shows what that would do. */
@Command(
    name = "refine",
    description = "Condense what is similar in a pool of a running server.",
    mixinStandardHelpOptions = true)
final class RefineCommand implements Callable<Integer> {

  @Option(names = "--dry-run", description = "Only show what would be done.")
  private boolean dryRun;

  @Option(names = "--space", defaultValue = "default", description = "The pool (default).")
  private String space = "default";

  @Mixin private Target target = new Target();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    ObjectMapper mapper = new ObjectMapper();
    JsonNode result =
        target
            .running()
            .ask(
                "POST",
                "/api/v1/refinements",
                mapper.createObjectNode().put("dry_run", dryRun),
                "x-hone-space",
                space);
    if (json) {
      out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(result));
    } else {
      print(new Terminal(out, spec.commandLine().getColorScheme().ansi()), result);
    }
    out.flush();
    return 0;
  }

  private static void print(Terminal terminal, JsonNode result) {
    for (JsonNode group : result.path("groups")) {
      group(terminal, group);
    }
    terminal.line(
        "%s%d items, %s %d; %d pairs; similarity %s"
            .formatted(
                result.path("dry_run").asBoolean() ? "dry run: " : "",
                result.path("items_before").asInt(),
                result.path("dry_run").asBoolean() ? "would be" : "now",
                result.path("items_after").asInt(),
                result.path("pairs").asLong(),
                result.path("measure").asText()));
  }

  private static void group(Terminal terminal, JsonNode group) {
    boolean accepted = group.path("accepted").asBoolean();
    terminal.line(
        accepted ? Style.fg_green : Style.fg_yellow,
        "%s %d items, least similarity %.2f (from %.2f): %s"
            .formatted(
                accepted ? "condensed" : "left     ",
                group.path("items").size(),
                group.path("least_similarity").asDouble(),
                group.path("threshold").asDouble(),
                group.path("proof").asText()));
    Map<String, Integer> numbers = new HashMap<>();
    for (JsonNode item : group.path("items")) {
      numbers.put(item.path("id").asText(), numbers.size() + 1);
      terminal.line("  %3d  %s".formatted(numbers.size(), item.path("id").asText()));
      lesson(terminal, item);
    }
    for (JsonNode pair : group.path("pairs")) {
      terminal.line(
          "       %d ~ %d  %.3f"
              .formatted(
                  numbers.getOrDefault(pair.path("one").asText(), 0),
                  numbers.getOrDefault(pair.path("other").asText(), 0),
                  pair.path("similarity").asDouble()));
    }
    if (group.has("child")) {
      terminal.line("   =>  %s".formatted(group.path("child").path("title").asText()));
      lesson(terminal, group.path("child"));
    }
    terminal.line("");
  }

  private static void lesson(Terminal terminal, JsonNode lesson) {
    terminal.line("       when %s".formatted(lesson.path("when").asText()));
    lesson
        .path("content")
        .asText()
        .lines()
        .forEach(line -> terminal.line("       %s".formatted(line)));
  }
}
