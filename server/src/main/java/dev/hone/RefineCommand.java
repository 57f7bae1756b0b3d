package dev.hone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
      print(out, result);
    }
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, JsonNode result) {
    for (JsonNode group : result.path("groups")) {
      out.printf(
          "%s %d items, least similarity %.2f: %s%n",
          group.path("accepted").asBoolean() ? "condensed" : "left     ",
          group.path("parents").size(),
          group.path("least_similarity").asDouble(),
          group.path("proof").asText());
      if (group.has("child")) {
        out.printf(
            "    when %s%n    %s%n",
            group.path("child").path("when").asText(),
            group.path("child").path("content").asText());
      }
    }
    out.printf(
        "%s%d items, %s %d; %d pairs%n",
        result.path("dry_run").asBoolean() ? "dry run: " : "",
        result.path("items_before").asInt(),
        result.path("dry_run").asBoolean() ? "would be" : "now",
        result.path("items_after").asInt(),
        result.path("pairs").asLong());
  }
}
