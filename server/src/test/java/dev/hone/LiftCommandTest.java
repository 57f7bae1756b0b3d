package dev.hone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.config.SettingsReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code hone lift}, against a running server. */
class LiftCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;
  private Server server;
  private HoneApi api;

  @BeforeEach
  void serve() {
    server =
        Server.start(
            new SettingsReader()
                .set("server.port", "0")
                .set("server.data", data.toString())
                .set("retrieval.deadline", "30s")
                .set("outcome.holdout", "0.5")
                .set("outcome.dropout", "0")
                .set("outcome.idle", "0s")
                .set("outcome.window", "0s")
                .read());
    api = new HoneApi(server.url(), null);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String lift(String... more) {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    String[] arguments = new String[more.length + 3];
    arguments[0] = "lift";
    arguments[1] = "--url";
    arguments[2] = server.url();
    System.arraycopy(more, 0, arguments, 3, more.length);
    assertThat(line.execute(arguments)).isZero();
    return out.toString();
  }

  /** Sessions that are answered well where they are shown what was learned. */
  private void live(int sessions) throws Exception {
    api.ask(
        "POST",
        "/api/v1/experiences",
        JSON.createObjectNode().put("when", "Which valve is it?").put("content", "Valve V7."));
    for (int i = 0; i < sessions; i++) {
      ObjectNode chat = JSON.createObjectNode().put("model", "hone-builtin");
      chat.putArray("messages")
          .addObject()
          .put("role", "user")
          .put("content", "Which valve is it? Case " + i);
      api.ask("POST", "/v1/chat/completions", chat);
      String asked =
          api.ask("GET", "/api/v1/interactions?limit=1", null).at("/items/0/id").asText();
      JsonNode receipt = api.ask("GET", "/api/v1/interactions/" + asked, null);
      boolean shown = receipt.at("/exposures/0/arm").asText().equals("augmented");
      api.ask(
          "POST",
          "/api/v1/feedback",
          JSON.createObjectNode().put("interaction_id", asked).put("value", shown));
    }
    api.ask("POST", "/api/v1/lift", JSON.createObjectNode());
  }

  @Test
  void saysWhatIsKnownAndWhatIsNot() throws Exception {
    assertThat(lift())
        .contains(
            "0 sessions not held out",
            "No session was judged yet",
            "unknown  all experience",
            "not known yet");

    live(60);

    assertThat(lift())
        .contains("space default, metric correct", "helps    all experience  +")
        .contains("helps    type general");
    JsonNode told = JSON.readTree(lift("--json"));
    assertThat(told.path("lift").path("status").asText()).isEqualTo("helps");
    assertThat(told.at("/metrics/0/sessions").asInt()).isEqualTo(60);
    assertThat(lift("--metric", "speed"))
        .contains("metric speed", "sessions were by correct", "unknown  all experience");
  }
}
