package dev.hone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.config.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the doctor sees in the folder of a real server, and what it puts right. */
class DoctorCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FIRST = "Which lever closes the loop?";

  @TempDir Path data;

  /** How the command ended, and what it printed. */
  private record Ended(int code, String out, String err) {

    JsonNode check(String name) throws IOException {
      for (JsonNode check : JSON.readTree(out).path("checks")) {
        if (check.path("check").asText().equals(name)) {
          return check;
        }
      }
      throw new AssertionError("no check " + name + " in " + out);
    }
  }

  private Ended doctor(String... options) {
    CommandLine line = Main.commandLine();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code =
        line.execute(
            Stream.concat(Stream.of("doctor", "--data", data.toString()), Stream.of(options))
                .toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  private Server serve() {
    return serve("server.port", "0");
  }

  private Server serve(String setting, String value) {
    return Server.start(
        new SettingsReader()
            .set("server.port", "0")
            .set(setting, value)
            .set("server.data", data.toString())
            .set("retrieval.deadline", "30s")
            .set("outcome.dropout", "0")
            .set("capture.deadline", "30s")
            .read());
  }

  private static JsonNode ask(Server server, String method, String path, String body)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(server.url() + path))
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .header("content-type", "application/json")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isLessThan(300);
      return JSON.readTree(response.body());
    }
  }

  private static String chat(Server server, String... saidInTurn) throws Exception {
    StringBuilder messages = new StringBuilder();
    for (int i = 0; i < saidInTurn.length; i++) {
      messages
          .append(i == 0 ? "" : ",")
          .append("{\"role\":\"")
          .append(i % 2 == 0 ? "user" : "assistant")
          .append("\",\"content\":")
          .append(JSON.writeValueAsString(saidInTurn[i]))
          .append('}');
    }
    return ask(
            server,
            "POST",
            "/v1/chat/completions",
            "{\"model\":\"hone-builtin\",\"messages\":[" + messages + "]}")
        .at("/choices/0/message/content")
        .asText();
  }

  /** A server lives: two turns of a conversation, something learned; returns the first answer. */
  private String live() throws Exception {
    try (Server server = serve()) {
      String answer = chat(server, FIRST);
      chat(server, FIRST, answer, "Are you sure?");
      ask(
          server,
          "POST",
          "/api/v1/interactions",
          "{\"messages\":[{\"role\":\"user\",\"content\":\"How many legs has a spider?\"}],"
              + "\"answer\":\"Six.\",\"correction\":\"Eight legs.\"}");
      ask(server, "POST", "/api/v1/learning/settle", "{}");
      return answer;
    }
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("hone.db"));
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        assertThat(statement.executeUpdate(each)).as(each).isPositive();
      }
    }
  }

  private String value(String query) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("hone.db"));
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return String.valueOf(result.getString(1));
    }
  }

  @Test
  void aFolderThatAServerLeftIsHealthy() throws Exception {
    live();

    Ended ended = doctor("--json");

    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(JSON.readTree(ended.out()).path("healthy").asBoolean()).isTrue();
    assertThat(JSON.readTree(ended.out()).path("checks")).hasSize(14);
    assertThat(ended.check("messages").path("examined").asInt()).isGreaterThan(5);
    assertThat(ended.check("conversations").path("examined").asInt()).isGreaterThan(2);
    assertThat(ended.check("commits").path("examined").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(ended.check("evidence").path("examined").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(ended.check("histories").path("examined").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(ended.check("counts").path("examined").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(ended.check("walls between spaces").path("examined").asInt()).isGreaterThan(3);
    assertThat(ended.check("search index contents").path("examined").asInt()).isEqualTo(1);
    assertThat(doctor().out()).contains("ok    commits").doesNotContain("WRONG");
  }

  @Test
  void itemsAreLinkedAsWasSetWhenTheyWereWritten() throws Exception {
    for (String threshold : List.of("0.99", "0.8")) {
      try (Server server = serve("pool.threshold", threshold)) {
        for (int i = 1; i <= 3; i++) {
          ask(
              server,
              "POST",
              "/api/v1/interactions",
              ("{\"messages\":[{\"role\":\"user\",\"content\":\"How many fuses does the big"
                      + " cupboard behind pump house number %s%d hold?\"}],\"answer\":\"Six.\","
                      + "\"correction\":\"It holds eight fuses.\"}")
                  .formatted(threshold.substring(2), i));
        }
        ask(server, "POST", "/api/v1/learning/settle", "{}");
      }
      Ended ended = doctor("--json");
      assertThat(ended.code()).as(ended.out()).isZero();
      assertThat(ended.check("near-duplicates").path("examined").asInt()).isGreaterThan(2);
    }
    assertThat(value("SELECT count(*) FROM link")).as("near, and not one").isNotEqualTo("0");
  }

  @Test
  void aFolderWithoutDataOrInUseIsToldAsSuch() throws Exception {
    assertThat(doctor().code()).isEqualTo(1);
    assertThat(doctor().err()).contains("There is no Hone data").contains("--data");
    assertThat(data).isEmptyDirectory();

    try (Server server = serve()) {
      assertThat(server.port()).isPositive();
      assertThat(doctor().code()).isEqualTo(1);
      assertThat(doctor().err()).contains("in use by another Hone");
    }
  }

  @Test
  void anAnswerThatAnOlderVersionReadWronglyIsReadAnew() throws Exception {
    String answer = live();
    String oldest = "(SELECT min(id) FROM interaction)";
    sql(
        "UPDATE interaction SET reading = 0 WHERE reading IS NOT NULL",
        "UPDATE interaction SET answer = (SELECT digest FROM interaction_message WHERE interaction"
            + " = interaction.id), answer_chain = replace(answer_chain, substr(answer_chain, 1, 1),"
            + " 'x') WHERE id = "
            + oldest);

    Ended found = doctor("--json");
    assertThat(found.code()).isEqualTo(1);
    assertThat(found.check("answers as read").path("wrong").asInt()).isEqualTo(1);
    assertThat(found.check("answers as read").path("examined").asInt()).isEqualTo(2);
    assertThat(found.check("conversations").path("wrong").asInt()).isEqualTo(1);
    assertThat(doctor().out()).contains("WRONG answers as read").contains("--fix");

    Ended fixed = doctor("--json", "--fix");
    assertThat(fixed.code()).as(fixed.out()).isZero();
    assertThat(fixed.check("answers as read").path("fixed").asInt()).isEqualTo(1);
    assertThat(doctor("--json").check("answers as read").path("examined").asInt()).isZero();
    assertThat(doctor().code()).isZero();
    try (Server server = serve()) {
      String id = value("SELECT min(id) FROM interaction");
      assertThat(
              ask(server, "GET", "/api/v1/interactions/" + id, "").at("/answer/content").asText())
          .isEqualTo(answer);
      chat(server, FIRST, answer, "And again?");
    }
    assertThat(value("SELECT count(*) FROM interaction WHERE parent = " + oldest)).isEqualTo("2");
  }

  @Test
  void whatOnlyRepeatsIsReadLikeWhatItRepeats() throws Exception {
    live();
    String oldest = "(SELECT min(id) FROM interaction)";
    String wrong = "(SELECT digest FROM interaction_message WHERE interaction = " + oldest + ")";
    sql(
        "UPDATE interaction SET repeats = "
            + oldest
            + ", episode = (SELECT episode FROM interaction WHERE id = "
            + oldest
            + "), raw = NULL WHERE id <> "
            + oldest,
        "UPDATE episode SET size = (SELECT count(*) FROM interaction i WHERE i.episode = episode.id"
            + " AND i.repeats IS NULL), repetitions = (SELECT count(*) FROM interaction i WHERE"
            + " i.episode = episode.id AND i.repeats IS NOT NULL)",
        "UPDATE interaction SET reading = 0, answer = " + wrong);

    assertThat(doctor("--json").check("answers as read").path("examined").asInt()).isEqualTo(1);
    assertThat(doctor("--fix").code()).isZero();

    assertThat(value("SELECT count(DISTINCT answer) FROM interaction")).isEqualTo("1");
    assertThat(value("SELECT count(*) FROM interaction WHERE answer = " + wrong)).isEqualTo("0");
    assertThat(doctor().code()).as("their chains end in it").isZero();
  }

  @Test
  void anAnswerThatCouldNotBeReadIsTakenUp() throws Exception {
    live();
    sql(
        "UPDATE interaction SET reading = 0, state = 'FAILED', answer = NULL, answer_chain = NULL"
            + " WHERE id = (SELECT min(id) FROM interaction)");

    assertThat(doctor().code()).isEqualTo(1);
    assertThat(doctor("--fix").code()).isZero();

    assertThat(value("SELECT state FROM interaction ORDER BY id")).isEqualTo("COMPLETED");
    assertThat(doctor().code()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "messages      | DELETE FROM message WHERE digest = (SELECT answer FROM interaction)",
        "messages      | UPDATE message SET parts = replace(parts, 'lever', 'LEVER') WHERE parts"
            + " LIKE '%lever%'",
        "conversations | UPDATE interaction SET parent = 'nobody' WHERE parent IS NOT NULL",
        "conversations | UPDATE interaction SET answer_chain = chain",
        "commits       | UPDATE version SET content = 'Nine legs.'",
        "commits       | UPDATE pool_commit SET reason = 'another'",
        "commits       | UPDATE touched SET digest = 'another'",
        "evidence      | UPDATE evidence SET quote = 'Nine legs.'",
        "evidence      | UPDATE evidence SET interaction = 'nobody'",
        "evidence      | UPDATE evidence SET interaction = replace('edit/X/1', 'X', experience),"
            + " quote = 'Nine legs.'",
        "evidence      | DELETE FROM evidence",
        "histories     | UPDATE version SET ended_by = 1",
        "histories     | UPDATE version SET sequence = 99",
        "histories     | UPDATE evidence SET sequence = 99",
        "counts        | UPDATE episode SET size = size + 1",
        "counts        | UPDATE interaction SET repeats = 'nobody' WHERE episode IS NOT NULL",
        "walls between spaces | UPDATE outcome SET space = 'elsewhere'",
        "walls between spaces | UPDATE episode SET principal = 'somebody else'",
        "search index contents | UPDATE version SET content = 'Nine legs.'",
        "search index contents | UPDATE version SET owner = 'another', state = 'CANDIDATE'",
      })
  void whatWasAlteredIsReportedAndCannotBePutRight(String check, String damage) throws Exception {
    live();
    sql(damage);

    Ended ended = doctor("--json", "--fix");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(JSON.readTree(ended.out()).path("healthy").asBoolean()).isFalse();
    assertThat(ended.check(check).path("wrong").asInt()).as(ended.out()).isPositive();
    assertThat(ended.check(check).path("examples")).isNotEmpty();
    assertThat(doctor("--fix").out()).contains("from a backup");
  }

  @Test
  void aCommitThatIsMissingIsReported() throws Exception {
    live();
    sql("UPDATE pool_commit SET sequence = 7", "UPDATE touched SET sequence = 7");

    assertThat(doctor("--json").check("commits").path("wrong").asInt()).isPositive();
  }

  @Test
  void anIndexThatIsMissingOrDamagedIsMadeAnew() throws Exception {
    live();
    try (Stream<Path> files = Files.walk(data.resolve("index"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    assertThat(doctor("--json").check("search index").path("wrong").asInt()).isEqualTo(1);
    assertThat(doctor("--fix").code()).isZero();
    assertThat(doctor().code()).isZero();

    try (Stream<Path> files = Files.walk(data.resolve("index"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".cfs")).toList()) {
        Files.write(file, new byte[64]);
      }
    }
    assertThat(doctor().code()).isEqualTo(1);
    assertThat(doctor("--fix").code()).isZero();
    try (Server server = serve()) {
      assertThat(
              ask(
                      server,
                      "POST",
                      "/api/v1/experiences/search",
                      "{\"query\":\"How many legs has a spider?\"}")
                  .path("items"))
          .hasSize(1);
    }
  }

  @Test
  void anIndexThatSaysOtherThingsThanThePoolIsMadeAnew() throws Exception {
    live();
    Path elsewhere = data.resolveSibling(data.getFileName() + "-other");
    Path index = data.resolve("index").resolve("default");
    try (Server other =
        Server.start(
            new SettingsReader()
                .set("server.port", "0")
                .set("server.data", elsewhere.toString())
                .read())) {
      ask(
          other,
          "POST",
          "/api/v1/interactions",
          "{\"messages\":[{\"role\":\"user\",\"content\":\"How many wings has a bee?\"}],"
              + "\"answer\":\"Two.\",\"correction\":\"Four wings.\"}");
      ask(other, "POST", "/api/v1/learning/settle", "{}");
    }
    try (Stream<Path> files = Files.list(index)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    try (Stream<Path> files = Files.list(elsewhere.resolve("index").resolve("default"))) {
      for (Path file : files.toList()) {
        Files.copy(file, index.resolve(file.getFileName()));
      }
    }

    Ended found = doctor("--json");
    assertThat(found.check("search index").path("wrong").asInt()).isZero();
    assertThat(found.check("search index contents").path("wrong").asInt()).isEqualTo(2);
    assertThat(doctor("--fix").code()).isZero();
    assertThat(doctor().code()).isZero();
  }

  @Test
  void anInteractionThatNeverEndedWasInterrupted() throws Exception {
    live();
    sql("UPDATE interaction SET state = 'OPENED' WHERE parent IS NOT NULL");

    assertThat(doctor("--json").check("unfinished interactions").path("wrong").asInt())
        .isEqualTo(1);
    assertThat(doctor("--fix").code()).isZero();
    assertThat(value("SELECT state FROM interaction WHERE parent IS NOT NULL"))
        .isEqualTo("INTERRUPTED");
  }

  @Test
  void aDamagedDatabaseIsReportedAndNothingElseIsAsked() throws Exception {
    live();
    try (RandomAccessFile file = new RandomAccessFile(data.resolve("hone.db").toFile(), "rw")) {
      for (long page = 4_096 * 4; page < file.length(); page += 4_096) {
        file.seek(page);
        file.write(new byte[2_048]);
      }
    }

    Ended ended = doctor("--json", "--fix");

    assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(1);
    assertThat(ended.check("database file").path("wrong").asInt()).isPositive();
    assertThat(JSON.readTree(ended.out()).path("checks")).hasSize(1);
    assertThat(List.of(ended.err())).containsExactly("");
  }
}
