package dev.hone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.config.SettingsReader;
import dev.hone.e2e.HoneClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code hone calibration} and {@code hone costs}, of a server with the built-in model. */
class AccountsCommandsTest {

  private static final String QUESTION = "At which pressure does the Kestrel pump run?";

  @TempDir Path data;

  private record Result(int code, String out, String err) {}

  private static Result hone(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return new Result(line.execute(arguments), out.toString(), err.toString());
  }

  private Server start(String... settings) {
    SettingsReader reader =
        new SettingsReader()
            .set("server.port", "0")
            .set("server.data", data.toString())
            .set("retrieval.deadline", "30s")
            .set("capture.deadline", "30s")
            .set("outcome.idle", "0s")
            .set("outcome.window", "0s")
            .set("outcome.every", "0s")
            .set("outcome.dropout", "0");
    for (int i = 0; i < settings.length; i += 2) {
      reader.set(settings[i], settings[i + 1]);
    }
    return Server.start(reader.read());
  }

  private static void live(HoneClient client, int sessions) throws Exception {
    for (int i = 0; i < sessions; i++) {
      HoneClient.Answer answer =
          client.with("x-hone-session", "s" + i).ask(QUESTION + " Case " + i);
      boolean right = answer.said().contains("60 bar");
      String said =
          "{\"interaction_id\":\"" + answer.interaction() + "\",\"value\":" + (right ? 1 : 0) + "}";
      assertThat(client.post("/api/v1/feedback", said).status()).isEqualTo(201);
    }
    assertThat(client.post("/api/v1/lift", "{}").status()).isEqualTo(200);
  }

  @Test
  void whatIsBelievedAndWhatItCostsIsPrinted() throws Exception {
    try (Server server =
        start(
            "outcome.holdout",
            "0.5",
            "confidence.ask",
            "true",
            "cost.prompt",
            "1",
            "cost.answer",
            "10")) {
      HoneClient client = new HoneClient(server.url(), List.of());
      client.teach(QUESTION, "The Kestrel pump runs at 60 bar.");
      client.settle();
      live(client, 40);
      String folder = data.toString();

      Result calibration = hone("calibration", "--data", folder);
      assertThat(calibration.code()).as(calibration.err()).isZero();
      assertThat(calibration.out())
          .startsWith("space default, metric correct, 30 days: 40 answers")
          .containsPattern("with experience +\\d+ +0\\.\\d{3} +0\\.\\d{3}")
          .containsPattern("held out by lot +\\d+ +0\\.\\d{3}")
          .containsPattern("0\\.\\d to \\d\\.\\d +\\d+ +[01]\\.\\d{3}   [#.|]{20}");
      Result json = hone("calibration", "--data", folder, "--json", "--metric", "correct");
      assertThat(new ObjectMapper().readTree(json.out()).at("/overall/answers").asInt())
          .isEqualTo(40);

      Result costs = hone("costs", "--data", folder, "--days", "2");
      assertThat(costs.code()).as(costs.err()).isZero();
      assertThat(costs.out())
          .startsWith("space default, 2 days")
          .containsPattern(
              "tokens saved +[+-]\\d+ \\([+-]\\d+ to [+-]\\d+\\); \\d+ sessions not held out")
          .containsPattern("money saved +[+-]\\d+\\.\\d{4}")
          .containsPattern("outcomes gained +[+-]\\d+\\.\\d \\(")
          .contains("they hold for one look");
      JsonNode told = costs(folder);
      assertThat(told.path("whole_time").has("net")).isTrue();
      Instant until = Instant.now().plusSeconds(60);
      while (told.at("/whole_time/search_seconds").asDouble() == 0) {
        assertThat(Instant.now()).as("searches are written down").isBefore(until);
        Thread.sleep(100);
        told = costs(folder);
      }
      assertThat(told.at("/daily/0/search_seconds").asDouble()).isPositive();
    }
  }

  private static JsonNode costs(String folder) throws IOException {
    return new ObjectMapper().readTree(hone("costs", "--data", folder, "--json").out());
  }

  @Test
  void whoseTokensNobodyCountedIsSaid() throws Exception {
    try (Server server = start()) {
      HoneClient client = new HoneClient(server.url(), List.of());
      client.teach(QUESTION, "The Kestrel pump runs at 60 bar.");
      assertThat(hone("costs", "--data", data.toString()).out())
          .contains("the tokens of 1 of the 1 interactions were counted by no model");
    }
  }

  @Test
  void whereNothingIsKnownThatIsSaid() {
    try (Server server = start()) {
      assertThat(server.port()).isPositive();
      String folder = data.toString();

      assertThat(hone("calibration", "--data", folder).out())
          .contains("0 answers that said their confidence", "confidence.ask = true");
      assertThat(hone("costs", "--data", folder).out())
          .contains("tokens saved     not known; 0 sessions not held out")
          .contains("outcomes gained  not known; by correct");
      Result refused = hone("costs", "--data", folder, "--days", "0");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains("days");
    }
  }

  @Test
  void usedWronglyTheySayHow() {
    assertThat(hone("costs", "--days", "many").code()).isEqualTo(2);
    assertThat(hone("calibration", "--help").out()).contains("--metric", "--days");
  }
}
