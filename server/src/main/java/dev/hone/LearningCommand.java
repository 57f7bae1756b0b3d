package dev.hone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what learning of a running server has given up, and has it tried again or dropped. */
@Command(
    name = "learning",
    description = "See what learning has given up; retry or drop it.",
    mixinStandardHelpOptions = true)
final class LearningCommand implements Runnable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/api/v1/learning/dead-letters";

  @Spec private CommandSpec spec;

  /** Says what to do when no subcommand is given. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "dead-letters, retry or drop?");
  }

  @Command(
      name = "dead-letters",
      description = "Show the episodes and jobs that failed too often, newest first.",
      mixinStandardHelpOptions = true)
  int deadLetters(
      @Mixin Target target,
      @Option(names = "--space", defaultValue = "default", description = "The pool (default).")
          String space,
      @Option(names = "--json", description = "As JSON, one dead letter a line.") boolean json)
      throws InterruptedException, IOException {
    HoneApi api = target.running();
    String cursor = "";
    do {
      String page = PATH + "?limit=500" + (cursor.isEmpty() ? "" : "&cursor=" + encoded(cursor));
      JsonNode list = api.ask("GET", page, null, "x-hone-space", space);
      for (JsonNode letter : list.path("items")) {
        out().println(json ? JSON.writeValueAsString(letter) : told(letter));
      }
      cursor = list.path("next").asText("");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
    out().flush();
    return 0;
  }

  private static String told(JsonNode letter) {
    String raw = letter.path("raw").asText("");
    return "%s  %s, %d attempts, %s: %s%s"
        .formatted(
            letter.path("id").asText(),
            letter.path("kind").asText(),
            letter.path("attempts").asInt(),
            letter.path("at").asText(),
            Terminal.plain(letter.path("why").asText()),
            raw.isEmpty() || raw.equals("null") ? "" : "\n    answered: " + Terminal.plain(raw));
  }

  @Command(
      name = "retry",
      description = "Have a dead letter tried once more.",
      mixinStandardHelpOptions = true)
  int retry(
      @Mixin Target target,
      @Parameters(paramLabel = "ID", description = "As 'dead-letters' shows it.") String id,
      @Option(names = "--space", defaultValue = "default", description = "The pool (default).")
          String space,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws InterruptedException, IOException {
    return act(target, space, id, "retry", JSON.createObjectNode(), json);
  }

  @Command(
      name = "drop",
      description = "Give a dead letter up for good.",
      mixinStandardHelpOptions = true)
  int drop(
      @Mixin Target target,
      @Parameters(paramLabel = "ID", description = "As 'dead-letters' shows it.") String id,
      @Option(names = "--space", defaultValue = "default", description = "The pool (default).")
          String space,
      @Option(names = "--reason", paramLabel = "R", description = "Why; kept with the episode.")
          @Nullable String reason,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws InterruptedException, IOException {
    ObjectNode body = JSON.createObjectNode();
    if (reason != null) {
      body.put("reason", reason);
    }
    return act(target, space, id, "drop", body, json);
  }

  private int act(
      Target target, String space, String id, String what, ObjectNode body, boolean json)
      throws InterruptedException, IOException {
    JsonNode done =
        target
            .running()
            .ask("POST", PATH + "/" + encoded(id) + "/" + what, body, "x-hone-space", space);
    out()
        .println(
            json
                ? JSON.writeValueAsString(done)
                : done.path("retried").asBoolean()
                    ? id + " will be tried again."
                    : id + " is dropped.");
    out().flush();
    return 0;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
