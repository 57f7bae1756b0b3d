package dev.hone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.config.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Forgetting from the command line, against a real server. */
class ForgetCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;

  /** How a command ended, and what it printed. */
  private record Ended(int code, String out, String err) {
    JsonNode json() throws IOException {
      return JSON.readTree(out);
    }
  }

  private Ended run(String... arguments) {
    CommandLine line = Main.commandLine();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code =
        line.execute(
            Stream.concat(Stream.of(arguments), Stream.of("--data", data.toString()))
                .toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  private Server serve(String window) {
    return Server.start(
        new SettingsReader()
            .set("server.port", "0")
            .set("server.data", data.toString())
            .set("forget.window", window)
            .read());
  }

  private static HoneApi teach(Server server) throws Exception {
    HoneApi api = new HoneApi(server.url(), null);
    api.ask(
        "POST",
        "/api/v1/interactions",
        JSON.readTree(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"How is\\u001b[2J the loop closed?\"}],"
                + "\"answer\":\"No idea.\",\"correction\":\"With lever V7.\"}"),
        "content-type",
        "application/json",
        "x-hone-session",
        "demo");
    api.ask("POST", "/api/v1/learning/settle", JSON.createObjectNode());
    return api;
  }

  private static int interactions(HoneApi api) throws Exception {
    return api.ask("GET", "/api/v1/interactions", null).path("items").size();
  }

  @Test
  void aDryRunShowsThePlanAndWithoutAYesNothingGoes() throws Exception {
    try (Server server = serve("1h")) {
      HoneApi api = teach(server);

      Ended dry = run("forget", "--session", "demo", "--dry-run");
      assertThat(dry.code()).as(dry.err()).isZero();
      assertThat(dry.out())
          .contains("would forget 1 interactions", "withdrawn", "loop closed?")
          .doesNotContain("\u001b");
      Ended asked = run("forget", "--session", "demo");
      assertThat(asked.code()).isEqualTo(1);
      assertThat(asked.err()).contains("add --yes");
      assertThat(interactions(api)).isEqualTo(1);
    }
  }

  @Test
  void aYesCarriesItOutAListShowsItAndAnUndoTakesItBack() throws Exception {
    try (Server server = serve("1h")) {
      HoneApi api = teach(server);

      JsonNode done = run("forget", "--query", "lever v7", "--yes", "--json").json();
      assertThat(done.path("state").asText()).isEqualTo("forgotten");
      assertThat(interactions(api)).isZero();
      Ended list = run("forget", "--list");
      assertThat(list.out()).contains(done.path("id").asText(), "forgotten", "can be undone until");
      Ended undone = run("forget", "--undo", done.path("id").asText());
      assertThat(undone.out()).contains("undone");
      assertThat(interactions(api)).isEqualTo(1);
      Ended twice = run("forget", "--undo", done.path("id").asText());
      assertThat(twice.code()).isEqualTo(1);
      assertThat(twice.err()).contains("is undone").doesNotContain("\tat ");
    }
    assertThat(run("doctor").code()).isZero();
  }

  @Test
  void afterAPurgeTheDoctorFindsEverythingInOrder() throws Exception {
    try (Server server = serve("0s")) {
      teach(server);
      assertThat(run("forget", "--session", "demo", "--yes").out()).contains("purged");
    }

    Ended doctor = run("doctor");
    assertThat(doctor.code()).as(doctor.out()).isZero();
    assertThat(doctor.out()).contains("ok    commits");
  }

  @Test
  void whatIsNotUnderstoodIsRefused() {
    assertThat(run("forget").code()).isEqualTo(2);
    assertThat(run("forget", "--session", "a", "--user", "b").code()).isEqualTo(2);
    assertThat(run("forget", "--undo", "../x").code()).isNotZero();
    assertThat(run("forget", "--help").out()).contains("--principal", "--dry-run", "--yes");
  }
}
