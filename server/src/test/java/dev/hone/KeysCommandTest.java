package dev.hone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.config.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code hone keys}: with a server and without one. */
class KeysCommandTest {

  @TempDir Path data;

  private record Result(int code, String out, String err) {

    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  private static Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private Result keys(String command, String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "keys";
    all[1] = command;
    all[2] = "--data";
    all[3] = data.toString();
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return run(all);
  }

  private Server serve() {
    return Server.start(
        new SettingsReader().set("server.port", "0").set("server.data", data.toString()).read());
  }

  private static int status(Server server, String path, String key)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(server.url() + path))
                  .header("authorization", "Bearer " + key)
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void withoutAServerAKeyIsMadeInTheFolderAndGoodWhenOneStarts() throws Exception {
    Result made = keys("create", "--name", "ci", "--role", "curator");

    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out().strip()).as("the key, and nothing else").matches("hone_[0-9a-f]{64}");
    assertThat(made.err()).contains("ci: role curator, spaces default").contains("only this once");
    assertThat(data.resolve("url")).doesNotExist();
    try (Server server = serve()) {
      assertThat(status(server, "/api/v1/stats", made.out().strip())).isEqualTo(200);
      assertThat(status(server, "/api/v1/stats", "hone_wrong")).isEqualTo(401);
    }
  }

  @Test
  void aRunningServerIsAskedAndKnowsAtOnce() throws Exception {
    try (Server server = serve()) {
      assertThat(status(server, "/api/v1/stats", "anything")).as("open").isEqualTo(200);

      Result made = keys("create", "--name", "app", "--json");

      assertThat(made.code()).as(made.err()).isZero();
      String key = made.json().path("key").asText();
      assertThat(status(server, "/api/v1/stats", key)).isEqualTo(200);
      assertThat(status(server, "/api/v1/stats", "anything")).isEqualTo(401);
      assertThat(keys("revoke", made.json().path("id").asText()).out())
          .contains("revoked")
          .contains("app");
      assertThat(status(server, "/api/v1/stats", key)).isEqualTo(401);
      assertThat(keys("create", "--name", "next").code())
          .as("who can read the folder is an administrator, whatever keys there are")
          .isZero();
    }
  }

  @Test
  void whatWasMadeIsListedWithAndWithoutAServer() throws Exception {
    String id =
        keys("create", "--name", "ops", "--role", "admin", "--json").json().path("id").asText();
    keys("revoke", id);
    keys("create", "--name", "app");

    Result alone = keys("list");
    assertThat(alone.out()).contains(id, "admin", "ops", "revoked", "*", "app", "valid");
    assertThat(alone.out()).containsPattern("client +[0-9-]{10} +- +valid +default +app");
    assertThat(alone.out()).doesNotContain("hone_");
    JsonNode items = keys("list", "--json").json().path("items");
    assertThat(items).hasSize(2);
    assertThat(items.get(0).path("name").asText()).isEqualTo("app");
    try (Server server = serve()) {
      assertThat(server.port()).isPositive();
      assertThat(keys("list").out()).isEqualTo(alone.out());
    }
  }

  @Test
  void fromAfarAKeyOfAnAdministratorIsNeeded() throws Exception {
    String admin = keys("create", "--name", "ops", "--role", "admin").out().strip();
    String client = keys("create", "--name", "app").out().strip();
    try (Server server = serve()) {
      String[] list = {"keys", "list", "--url", server.url(), "--key"};

      assertThat(run(with(list, admin)).out()).contains("ops", "app");
      Result refused = run(with(list, client));
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains("needs a key of role admin").doesNotContain("\tat ");
      assertThat(run("keys", "list", "--url", server.url()).err()).contains("needs an API key");
    }
  }

  private static String[] with(String[] arguments, String last) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = last;
    return all;
  }

  @Test
  void refiningTakesTheFolderOrAKey() throws Exception {
    String curator = keys("create", "--name", "c", "--role", "curator").out().strip();
    String client = keys("create", "--name", "a").out().strip();
    try (Server server = serve()) {
      assertThat(run("refine", "--dry-run", "--data", data.toString()).out()).contains("0 items");
      assertThat(run("refine", "--url", server.url(), "--key", curator).out()).contains("0 items");
      Result refused = run("refine", "--url", server.url(), "--key", client);
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains("role curator");
    }
    assertThat(run("refine", "--data", data.toString()).err()).contains("no server holds");
  }

  @Test
  void whatCannotBeDoneIsToldInASentence(@TempDir Path empty) throws Exception {
    Path nowhere = empty.resolve("nowhere");
    Result missing = run("keys", "list", "--data", nowhere.toString());
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("there is no data folder " + nowhere);
    assertThat(nowhere).doesNotExist();

    assertThat(keys("create", "--name", "x", "--space", "nowhere").err())
        .contains("There is no space 'nowhere'");
    assertThat(keys("create", "--name", "x", "--role", "king").err()).contains("client, curator");
    assertThat(keys("revoke", "no-such").err()).contains("There is no key 'no-such'");
    assertThat(keys("revoke", "../x").err()).contains("no key's id");
    assertThat(run("keys", "list", "--url", "127.0.0.1:1").err()).contains("--url is a URL");
    Result unfit = run("keys", "list", "--url", "http://127.0.0.1:1", "--key", "a\u00e9\nb");
    assertThat(unfit.err()).contains("cannot be asked").doesNotContain("\u00e9");
    assertThat(run("keys").code()).isEqualTo(2);
    assertThat(run("keys", "create").code()).isEqualTo(2);
  }

  @Test
  void theAddressOfTheServerIsInTheFolderWhileItRuns() throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("url"), "http://127.0.0.1:1");
    try (Server server = serve()) {
      assertThat(data.resolve("url")).hasContent(server.url());
      assertThat(Files.readString(data.resolve("secret")))
          .as("the administrator's token is written nowhere")
          .isNotEqualTo(server.administrator());
    }
    assertThat(data.resolve("url")).doesNotExist();
  }
}
