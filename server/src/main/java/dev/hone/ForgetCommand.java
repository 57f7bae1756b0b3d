package dev.hone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Forgets in a running server: shows the plan, asks, carries it out. */
@Command(
    name = "forget",
    description = "Forget interactions and what came of them: shows a plan, asks, carries it out.",
    mixinStandardHelpOptions = true)
final class ForgetCommand implements Callable<Integer> {

  private static final String PATH = "/api/v1/forget";

  /** One thing to do. */
  static final class What {

    @Option(names = "--interaction", paramLabel = "ID", description = "One interaction.")
    private @Nullable String interaction;

    @Option(names = "--session", paramLabel = "S", description = "The application's session.")
    private @Nullable String session;

    @Option(names = "--user", paramLabel = "U", description = "The application's user.")
    private @Nullable String user;

    @Option(
        names = "--principal",
        paramLabel = "P",
        description = "All that was asked, said and written with a key (its id).")
    private @Nullable String principal;

    @Option(
        names = "--source",
        paramLabel = "S",
        description = "What was imported: SOURCE, or SOURCE#RECORD.")
    private @Nullable String source;

    @Option(
        names = "--query",
        paramLabel = "WORDS",
        description = "What holds these words, one behind the other, in any case.")
    private @Nullable String query;

    @Option(names = "--undo", paramLabel = "ID", description = "Take a forgetting back.")
    private @Nullable String undo;

    @Option(names = "--list", description = "Show what was forgotten, newest first.")
    private boolean list;

    ObjectNode selection(ObjectMapper mapper) {
      ObjectNode body = mapper.createObjectNode();
      put(body, "interaction", interaction);
      put(body, "session", session);
      put(body, "user", user);
      put(body, "principal", principal);
      put(body, "source", source);
      put(body, "query", query);
      return body;
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
      if (value != null) {
        body.put(name, value);
      }
    }
  }

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  @Option(names = "--space", defaultValue = "default", description = "The pool (default).")
  private String space = "default";

  @Option(names = "--dry-run", description = "Only show the plan.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Mixin private Target target = new Target();

  @Spec private CommandSpec spec;

  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public Integer call() throws IOException, InterruptedException {
    HoneApi server = target.running();
    if (what.list) {
      JsonNode list = server.ask("GET", PATH, null, "x-hone-space", space);
      show(list, () -> list.path("items").forEach(this::print));
      return 0;
    }
    if (what.undo != null) {
      if (!what.undo.matches("[A-Za-z0-9-]+")) {
        throw new ParameterException(
            spec.commandLine(), "'" + what.undo + "' is no id; 'hone forget --list' shows them.");
      }
      JsonNode undone = post(server, PATH + "/" + what.undo + "/undo", mapper.createObjectNode());
      show(undone, () -> print(undone));
      return 0;
    }
    JsonNode plan = post(server, PATH, what.selection(mapper));
    if (dryRun) {
      show(plan, () -> printPlan(plan));
      return 0;
    }
    if (!json) {
      printPlan(plan);
    }
    if (!yes && !agreed()) {
      out().println("Nothing was forgotten.");
      out().flush();
      return 1;
    }
    JsonNode done =
        post(
            server,
            PATH + "/" + plan.path("id").asText() + "/execute",
            mapper.createObjectNode().put("token", plan.path("token").asText()));
    show(done, () -> print(done));
    return 0;
  }

  private JsonNode post(HoneApi server, String path, JsonNode body) throws InterruptedException {
    return server.ask(
        "POST", path, body, "content-type", "application/json", "x-hone-space", space);
  }

  /** Where nobody sits at a console there is none, or it is no terminal. */
  @SuppressWarnings("SystemConsoleNull")
  private boolean agreed() {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new CommandFailed("nobody can be asked here: look at --dry-run, then add --yes.");
    }
    String answer = console.readLine("Forget this? [y/N] ");
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }

  private void show(JsonNode result, Runnable print) throws IOException {
    if (json) {
      out().println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(result));
    } else {
      print.run();
    }
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void printPlan(JsonNode plan) {
    JsonNode counts = plan.path("counts");
    out()
        .printf(
            "would forget %d interactions in %d conversations, with %d outcomes; %d answers to"
                + " others repeat it%n",
            counts.path("interactions").asInt(),
            counts.path("conversations").asInt(),
            counts.path("outcomes").asInt(),
            counts.path("answers").asInt());
    Map<String, Integer> fates = new TreeMap<>();
    for (JsonNode item : plan.path("items")) {
      fates.merge(item.path("fate").asText(), 1, Integer::sum);
      out()
          .printf(
              "  %-9s  %s  %s%n",
              item.path("fate").asText(),
              item.path("id").asText(),
              Terminal.plain(item.path("title").asText()));
    }
    out().printf("items: %s%n", fates.isEmpty() ? "none" : fates);
    for (JsonNode commit : plan.path("commits")) {
      out().printf("the reason of commit %s says it too, and stays%n", commit.asText());
    }
    out().flush();
  }

  private void print(JsonNode entry) {
    out()
        .printf(
            "%s  %-9s  by %-11s  %s  %d interactions, %d items%s%n",
            entry.path("id").asText(),
            entry.path("state").asText(),
            entry.path("by").asText(),
            entry.path("at").asText(),
            entry.path("counts").path("interactions").asInt(),
            entry.path("affected").asInt(),
            entry.path("state").asText().equals("forgotten")
                ? "; can be undone until " + entry.path("purge_at").asText()
                : "");
  }
}
