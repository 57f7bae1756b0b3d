package dev.hone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the history of a pool of a running server, and goes back in it. */
@Command(
    name = "pool",
    description = {
      "Show the history of a pool of a running server, and go back in it.",
      "A commit is named by its id, or by the beginning of it (seven characters or more)."
    },
    mixinStandardHelpOptions = true)
final class PoolCommand implements Runnable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COMMITS = "/api/v1/commits";

  @Spec private CommandSpec spec;

  /** Which pool, and how it is told. */
  static final class Where {

    @Mixin private Target target = new Target();

    @Option(names = "--space", defaultValue = "default", description = "The pool (default).")
    private String space = "default";

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    private JsonNode ask(String method, String path, @Nullable JsonNode body)
        throws InterruptedException {
      return target.running().ask(method, path, body, "x-hone-space", space);
    }
  }

  /** Says what to do when no subcommand is given. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "log, diff, show, rollback or pin?");
  }

  @Command(
      name = "log",
      description = "List the commits, newest first.",
      mixinStandardHelpOptions = true)
  int log(
      @Mixin Where where,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "Commits shown at most, 1 to 500 (20).")
          int limit,
      @Option(
              names = "--cursor",
              paramLabel = "C",
              description = "Where to go on: what the last page said.")
          @Nullable String cursor)
      throws InterruptedException, IOException {
    JsonNode page =
        where.ask(
            "GET",
            COMMITS + "?limit=" + limit + (cursor == null ? "" : "&cursor=" + encoded(cursor)),
            null);
    if (where.json) {
      return print(page);
    }
    Terminal terminal = terminal();
    for (JsonNode commit : page.path("items")) {
      commit(terminal, commit);
    }
    if (page.path("next").isTextual()) {
      terminal.line("more: --cursor %s".formatted(page.path("next").asText()));
    }
    return done();
  }

  @Command(
      name = "diff",
      description = "Show what differs between the pool after one commit and after another.",
      mixinStandardHelpOptions = true)
  int diff(
      @Mixin Where where,
      @Parameters(index = "0", paramLabel = "FROM", description = "A commit.") String from,
      @Parameters(
              index = "1",
              arity = "0..1",
              paramLabel = "TO",
              description = "Another; the newest unless said.")
          @Nullable String to)
      throws InterruptedException, IOException {
    String until = to == null ? newest(where) : to;
    JsonNode commit =
        where.ask("GET", COMMITS + "/" + encoded(until) + "?since=" + encoded(from), null);
    if (where.json) {
      return print(commit);
    }
    changes(terminal(), commit);
    return done();
  }

  private static String newest(Where where) throws InterruptedException {
    JsonNode first = where.ask("GET", COMMITS + "?limit=1", null).path("items").path(0);
    if (first.isMissingNode()) {
      throw new CommandFailed("the pool has no commit yet.");
    }
    return first.path("id").asText();
  }

  @Command(
      name = "show",
      description = "Show a commit and what it changed, or an item with its evidence.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin Where where,
      @Parameters(paramLabel = "ID", description = "A commit, or an item.") String id)
      throws InterruptedException, IOException {
    boolean item = id.contains("-");
    String path = (item ? "/api/v1/experiences" : COMMITS) + "/" + encoded(id);
    JsonNode found = where.ask("GET", path, null);
    if (where.json) {
      return print(found);
    }
    Terminal terminal = terminal();
    if (item) {
      item(terminal, found);
    } else {
      commit(terminal, found);
      terminal.line("  id %s".formatted(found.path("id").asText()));
      changes(terminal, found);
    }
    return done();
  }

  @Command(
      name = "rollback",
      description = {
        "Make the pool what it was after a commit, by a further commit.",
        "What was forgotten does not come back."
      },
      mixinStandardHelpOptions = true)
  int rollback(
      @Mixin Where where,
      @Parameters(paramLabel = "COMMIT", description = "The commit.") String commit,
      @Option(names = "--before", description = "Before the commit, not after it.") boolean before,
      @Option(names = "--dry-run", description = "Only show what would change.") boolean dryRun,
      @Option(names = "--reason", paramLabel = "WHY", description = "Why, for the history.")
          @Nullable String reason)
      throws InterruptedException, IOException {
    ObjectNode body = JSON.createObjectNode().put("before", before);
    if (reason != null) {
      body.put("reason", reason);
    }
    JsonNode made =
        where.ask("POST", COMMITS + "/" + encoded(commit) + "/restore?dryRun=" + dryRun, body);
    if (where.json) {
      return print(made);
    }
    Terminal terminal = terminal();
    changes(terminal, made);
    terminal.line(
        "%s: %s"
            .formatted(
                dryRun
                    ? "dry run: nothing was changed"
                    : "rolled back by commit " + shortened(made),
                counts(made)));
    return done();
  }

  @Command(
      name = "pin",
      description = {
        "Let the requests of an API key see the pool as it was after a commit.",
        "In other spaces than that of the commit, and with x-hone-pin, a request is not affected."
      },
      mixinStandardHelpOptions = true)
  int pin(
      @Mixin Where where,
      @Option(
              names = "--for",
              paramLabel = "ID",
              required = true,
              description = "The key's id, as 'hone keys list' shows it.")
          String id,
      @Parameters(paramLabel = "COMMIT", description = "The commit, or none.") String commit)
      throws InterruptedException, IOException {
    ObjectNode body = JSON.createObjectNode();
    body.put("pin", commit.equals("none") ? null : commit);
    JsonNode key = where.ask("PATCH", "/api/v1/keys/" + encoded(id), body);
    if (where.json) {
      return print(key);
    }
    terminal()
        .line(
            "key %s (%s) sees %s"
                .formatted(
                    id,
                    key.path("name").asText(),
                    key.path("pin").isTextual()
                        ? "the pool " + where.space + " as of commit " + key.path("pin").asText()
                        : "the newest state"));
    return done();
  }

  private static void commit(Terminal terminal, JsonNode commit) {
    terminal.line(
        Style.fg_yellow,
        "%s  %-8s #%d  %s  %s"
            .formatted(
                shortened(commit),
                commit.path("kind").asText(),
                commit.path("sequence").asLong(),
                commit.path("at").asText(),
                commit.path("author").asText()));
    terminal.line("  %s".formatted(counts(commit)));
    terminal.line("  %s".formatted(commit.path("reason").asText()));
  }

  private static String shortened(JsonNode commit) {
    String id = commit.path("id").asText();
    return id.substring(0, Math.min(12, id.length()));
  }

  private static String counts(JsonNode commit) {
    return "%d added, %d changed, %d withdrawn, %d with other evidence"
        .formatted(
            commit.path("added").asLong(),
            commit.path("changed").asLong(),
            commit.path("withdrawn").asLong(),
            commit.path("evidenced").asLong());
  }

  private static void changes(Terminal terminal, JsonNode commit) {
    for (JsonNode change : commit.path("changes")) {
      String unified = change.path("unified").asText();
      if (unified.isEmpty()) {
        terminal.line(
            Style.bold, change.path("experience_id").asText() + ": only its evidence changed");
      } else {
        terminal.diff(unified);
      }
    }
    if (commit.path("changes").isEmpty()) {
      terminal.line("nothing that you may read differs");
    }
    if (commit.path("hidden").asLong() > 0) {
      terminal.line("%d more that you may not read".formatted(commit.path("hidden").asLong()));
    }
  }

  private static void item(Terminal terminal, JsonNode item) {
    terminal.line(
        Style.fg_yellow,
        "%s  version %d  %s  %s  %s"
            .formatted(
                item.path("id").asText(),
                item.path("version").asLong(),
                item.path("state").asText(),
                item.path("kind").asText(),
                item.path("type").asText()));
    terminal.line(Style.bold, item.path("title").asText());
    item.path("when").asText().lines().forEach(line -> terminal.line("  when  %s".formatted(line)));
    item.path("content").asText().lines().forEach(line -> terminal.line("  %s".formatted(line)));
    if (item.path("successor").isTextual()) {
      terminal.line("  in its place stands %s".formatted(item.path("successor").asText()));
    }
    for (JsonNode span : item.path("evidence")) {
      terminal.line(
          "  %s %s of %s: %s"
              .formatted(
                  span.path("role").asText(),
                  span.path("interaction_id").asText(),
                  span.path("principal").asText(),
                  span.path("quote").asText()));
    }
  }

  private Terminal terminal() {
    return new Terminal(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
  }

  private int print(JsonNode node) throws IOException {
    spec.commandLine()
        .getOut()
        .println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node));
    return done();
  }

  private int done() {
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }
}
