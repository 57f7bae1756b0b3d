package dev.hone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Makes, lists and revokes API keys: of a running server, or, while none runs, in the data folder.
 */
@Command(
    name = "keys",
    description = "Make, list and revoke API keys.",
    mixinStandardHelpOptions = true)
final class KeysCommand implements Runnable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/api/v1/keys";

  @Spec private CommandSpec spec;

  /** Says what to do when no subcommand is given. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "create, list or revoke?");
  }

  @Command(
      name = "create",
      description = "Make a key and show it, this once.",
      mixinStandardHelpOptions = true)
  int create(
      @Mixin Target target,
      @Option(
              names = "--name",
              paramLabel = "N",
              required = true,
              description = "What the key is for.")
          String name,
      @Option(
              names = "--space",
              paramLabel = "S",
              description =
                  "A space that it opens; repeatable. Without: default, or all (*) for an"
                      + " administrator.")
          @Nullable List<String> spaces,
      @Option(
              names = "--role",
              paramLabel = "R",
              defaultValue = "client",
              description = "client (default), curator or admin.")
          String role,
      @Option(names = "--json", description = "Print the key with all that is known of it.")
          boolean json)
      throws InterruptedException, IOException {
    ObjectNode body = JSON.createObjectNode().put("name", name).put("role", role);
    if (spaces != null) {
      spaces.forEach(body.putArray("spaces")::add);
    }
    JsonNode made = ask(target, true, "POST", PATH, body);
    if (json) {
      print(made);
      return 0;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "Key %s for %s: role %s, spaces %s. It is shown only this once:%n",
        made.path("id").asText(), name, role, listed(made.path("spaces")));
    err.flush();
    out().println(made.path("key").asText());
    out().flush();
    err.println("From now on every request to this Hone needs a key.");
    err.flush();
    return 0;
  }

  @Command(
      name = "list",
      description = "Show the keys, newest first, revoked ones too.",
      mixinStandardHelpOptions = true)
  int list(@Mixin Target target, @Option(names = "--json", description = "As JSON.") boolean json)
      throws InterruptedException, IOException {
    JsonNode list = ask(target, false, "GET", PATH, null);
    if (json) {
      print(list);
      return 0;
    }
    String row = "%-36s  %-8s  %-10s  %-13s  %-8s  %-16s  %s%n";
    out().printf(row, "id", "role", "created", "last used", "state", "spaces", "name");
    for (JsonNode key : list.path("items")) {
      out()
          .printf(
              row,
              key.path("id").asText(),
              key.path("role").asText(),
              first(key.path("created"), 10),
              first(key.path("last_used"), 13),
              key.path("revoked").isNull() ? "valid" : "revoked",
              listed(key.path("spaces")),
              key.path("name").asText());
    }
    out().flush();
    return 0;
  }

  @Command(
      name = "revoke",
      description = "Make a key invalid, at once and for good.",
      mixinStandardHelpOptions = true)
  int revoke(
      @Mixin Target target,
      @Parameters(paramLabel = "ID", description = "The key's id, as listed.") String id,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws InterruptedException, IOException {
    if (!id.matches("[A-Za-z0-9-]+")) {
      throw new CommandFailed("'" + id + "' is no key's id; 'hone keys list' shows them.");
    }
    JsonNode revoked = ask(target, false, "DELETE", PATH + "/" + id, null);
    if (json) {
      print(revoked);
    } else {
      out().printf("revoked %s (%s)%n", id, revoked.path("name").asText());
      out().flush();
    }
    return 0;
  }

  /**
   * Asks the server; while none holds the data folder, one in this process that keeps keys only.
   */
  private static JsonNode ask(
      Target target, boolean mayBegin, String method, String path, @Nullable JsonNode body)
      throws InterruptedException {
    Optional<HoneApi> running = target.named().or(target::held);
    if (running.isPresent()) {
      return running.get().ask(method, path, body);
    }
    if (!mayBegin && !target.folderExists()) {
      throw new CommandFailed(
          "there is no data folder "
              + target.folder()
              + ". Name one with --data, or a server with --url.");
    }
    Logging.configure(Settings.Log.Format.TEXT);
    try (Server server = Server.forKeys(target.folder())) {
      return new HoneApi(server.url(), server.administrator()).ask(method, path, body);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void print(JsonNode node) throws IOException {
    out().println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node));
    out().flush();
  }

  private static String listed(JsonNode names) {
    List<String> all = new ArrayList<>();
    names.forEach(name -> all.add(name.asText()));
    return String.join(",", all);
  }

  /** The beginning of a text; a dash where there is none. */
  private static String first(JsonNode text, int characters) {
    return text.isTextual()
        ? text.asText().substring(0, Math.min(characters, text.asText().length()))
        : "-";
  }
}
