package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.http.exchange.Operation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever holds a key of one space, even its administrator's, learns nothing of another: over every
 * operation there is, a foreign id is answered as one that nobody has, lists show nothing foreign,
 * and nothing foreign is changed.
 */
class WallsTest {

  private static final String THEIR_QUESTION = "How is the xylofrob of the Zanzibar rig closed?";
  private static final String THEIR_ANSWER = "Turn the quuxlever Z9 twice.";
  private static final String MY_QUESTION = "Where is the spare fuse of the Kestrel rig kept?";
  private static final String MY_ANSWER = "In the lower drawer.";

  /**
   * What is sent to operations that take a body, with {@code ID} where an id or a name goes; each
   * body is sent by itself.
   */
  private static final Map<String, List<String>> BODIES =
      Map.ofEntries(
          Map.entry(
              "POST /v1/chat/completions",
              List.of(
                  "{\"model\":\"hone-builtin\",\"user\":\"ID\",\"metadata\":{\"agent_id\":\"ID\"},"
                      + "\"messages\":[{\"role\":\"user\",\"content\":\"And the xylofrob?\"}]}")),
          Map.entry("* /v1/*", List.of("{\"input\":\"ID\"}")),
          Map.entry(
              "POST /api/v1/interactions",
              List.of(
                  "{\"messages\":[{\"role\":\"user\",\"content\":\"Again?\"}],\"id\":\"ID\","
                      + "\"metadata\":{\"session_id\":\"ID\"}}")),
          Map.entry(
              "POST /api/v1/feedback",
              List.of(
                  "{\"interaction_id\":\"ID\",\"correction\":\"Wrong.\"}",
                  "{\"episode_id\":\"ID\",\"value\":false}")),
          Map.entry("POST /api/v1/experiences/search", List.of("{\"query\":\"xylofrob ID\"}")),
          Map.entry("POST /api/v1/commits/{id}/restore", List.of("{}", "{\"before\":true}")),
          Map.entry("POST /api/v1/learning/settle", List.of("{\"timeout_seconds\":30}")),
          Map.entry("POST /api/v1/episodes/{id}/end", List.of("{}")),
          Map.entry("POST /api/v1/refinements", List.of("{}", "{\"dry_run\":true}")),
          Map.entry("POST /api/v1/spaces", List.of("{\"name\":\"ID\"}")),
          Map.entry(
              "POST /api/v1/keys",
              List.of(
                  "{\"name\":\"x\",\"spaces\":[\"ID\"]}",
                  "{\"name\":\"x\",\"spaces\":[\"mine\",\"ID\"]}")));

  /** An id of theirs and one of the same form that nobody has. */
  private record Pair(String kind, String foreign, String unknown) {}

  @TempDir Path data;
  private HoneFixture hone;
  private HoneClient mine;
  private HoneClient theirs;
  private String theirKey;
  private List<Pair> pairs;

  @BeforeEach
  void twoSpaces() throws Exception {
    hone = HoneFixture.start(data, "refine.growth=0", "refine.every=0s", "episode.idle=1h");
    HoneClient admin = hone.client(hone.client().makeKey("admin", "*"));
    admin.post("/api/v1/spaces", Json.object("name", "mine"));
    admin.post("/api/v1/spaces", Json.object("name", "theirs"));
    mine = hone.client(admin.makeKey("admin", "mine"));
    JsonNode made = admin.madeKey("curator", "theirs");
    theirs = hone.client(made.path("key").asText());
    theirKey = made.path("id").asText();
    mine.teach(MY_QUESTION, MY_ANSWER);
    mine.settle();
    String interaction = theirs.teach(THEIR_QUESTION, THEIR_ANSWER);
    theirs.settle();
    assertThat(theirs.ask(THEIR_QUESTION).mode()).isEqualTo("augmented");
    theirs.settle();
    String random = UUID.randomUUID().toString();
    pairs =
        List.of(
            new Pair("interaction", interaction, random),
            new Pair("episode", only("episodes"), random),
            new Pair("experience", only("experiences"), random),
            new Pair("commit", only("commits"), random.replace("-", "")),
            new Pair("key", theirKey, random),
            new Pair("space", "theirs", "nobody"));
  }

  @AfterEach
  void stop() {
    hone.close();
  }

  private String only(String list) throws Exception {
    return theirs.list(list).getFirst().path("id").asText();
  }

  private static boolean takesBody(Operation operation) {
    return !Set.of("GET", "DELETE").contains(operation.method());
  }

  private static String name(Operation operation) {
    return operation.method() + " " + operation.path();
  }

  private List<Operation> operations() {
    return hone.operations();
  }

  private static List<String> bodies(Operation operation) {
    return takesBody(operation) ? BODIES.getOrDefault(name(operation), List.of()) : List.of("");
  }

  /** What is told, but for what differs from one request to the next, and the ids asked with. */
  private String told(HoneClient.Answer answer) {
    String headers =
        answer.headers().map().keySet().stream()
            .filter(each -> !each.equals("content-length"))
            .sorted()
            .collect(Collectors.joining(","));
    String text = answer.status() + " " + headers + "\n" + answer.text();
    for (Pair pair : pairs) {
      text = text.replace(pair.foreign, "ID").replace(pair.unknown, "ID");
    }
    return text.replaceAll("hone_[0-9a-f]{64}", "KEY")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
        .replaceAll("\"created\":\\d+", "\"created\":TIME");
  }

  private String ask(HoneClient client, Operation operation, String body, String id)
      throws Exception {
    String path = operation.path().replaceAll("\\{\\w+}", id).replace("*", "files/" + id);
    String method = operation.method().equals(Operation.ANY) ? "POST" : operation.method();
    return told(client.ask(method, path, body.replace("ID", id)));
  }

  @Test
  void everyOperationThatTakesABodyIsSentOne() {
    assertThat(operations().stream().filter(WallsTest::takesBody).map(WallsTest::name).distinct())
        .as("the bodies above cover every operation")
        .containsExactlyInAnyOrderElementsOf(BODIES.keySet());
  }

  @Test
  void aForeignIdIsAnsweredAsOneThatNobodyHas() throws Exception {
    Map<String, List<String>> before = everythingOf("theirs");
    int compared = 0;
    for (Operation operation : operations()) {
      for (Pair pair : pairs) {
        for (String body : bodies(operation)) {
          for (Placing where : places(operation, body, pair.kind)) {
            assertSame(where, operation, body, pair);
            compared++;
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(150);
    assertThat(everythingOf("theirs")).isEqualTo(before);
    assertThat(theirs.ask(THEIR_QUESTION).said()).startsWith(THEIR_ANSWER);
  }

  /**
   * Counts move while learning goes on; so what differs is asked again when it has come to rest.
   */
  private void assertSame(Placing where, Operation operation, String body, Pair pair)
      throws Exception {
    String foreign = ask(where.at(mine, pair.foreign), operation, body, pair.foreign);
    String unknown = ask(where.at(mine, pair.unknown), operation, body, pair.unknown);
    if (!foreign.equals(unknown)) {
      mine.settle();
      foreign = ask(where.at(mine, pair.foreign), operation, body, pair.foreign);
      mine.settle();
      unknown = ask(where.at(mine, pair.unknown), operation, body, pair.unknown);
    }
    assertThat(foreign)
        .as("%s %s with the %s of another space", name(operation), body, pair.kind)
        .isEqualTo(unknown);
  }

  /** Where else in a request an id can be named. */
  @FunctionalInterface
  private interface Placing {
    HoneClient at(HoneClient client, String id);
  }

  private static List<Placing> places(Operation operation, String body, String kind) {
    List<Placing> places = new ArrayList<>();
    if (operation.path().matches(".*[{*].*") || body.contains("ID")) {
      places.add((client, id) -> client);
    }
    if (kind.equals("space")) {
      places.add(HoneClient::space);
    }
    if (kind.equals("commit")) {
      places.add((client, id) -> client.with("x-hone-pin", id));
    }
    return places;
  }

  @Test
  void aForeignSpaceInTheQueryIsAnsweredAsOneThatNobodyHas() throws Exception {
    for (Operation operation : operations()) {
      for (String body : bodies(operation)) {
        Operation asking =
            new Operation(
                operation.method(),
                operation.path().replaceAll("\\{\\w+}", "x").replace("*", "files") + "?space=ID",
                operation.role(),
                operation.handler());
        assertThat(told(send(asking, body, "theirs")))
            .as("%s", name(operation))
            .isEqualTo(told(send(asking, body, "nobody")));
      }
    }
  }

  private HoneClient.Answer send(Operation operation, String body, String space) throws Exception {
    String method = operation.method().equals(Operation.ANY) ? "POST" : operation.method();
    return mine.ask(method, operation.path().replace("ID", space), body.replace("ID", "x"));
  }

  @Test
  void whatIsListedIsTheCallersOwn() throws Exception {
    StringBuilder all = new StringBuilder();
    for (Operation operation : operations()) {
      if (operation.method().equals("GET") && !operation.path().contains("{")) {
        String text = mine.get(operation.path()).text();
        assertNothingForeign(name(operation), text);
        all.append(text);
      }
    }
    for (String query : new String[] {THEIR_QUESTION, THEIR_ANSWER, MY_QUESTION}) {
      String found = mine.post("/api/v1/experiences/search", Json.object("query", query)).text();
      assertNothingForeign("search", found.replace(THEIR_QUESTION, ""));
      all.append(found);
    }
    assertThat(all).as("one's own is listed").contains(MY_QUESTION, MY_ANSWER, "\"mine\"");
  }

  private void assertNothingForeign(String where, String text) {
    for (Pair pair : pairs) {
      assertThat(text).as(where).doesNotContain(pair.foreign);
    }
    assertThat(text).as(where).doesNotContain("xylofrob").doesNotContain("quuxlever");
  }

  /** Every row of a space in every table of the store. */
  private Map<String, List<String>> everythingOf(String space) throws SQLException {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("hone.db"));
        Statement statement = connection.createStatement()) {
      List<String> names =
          rows(statement, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
      for (String table : names) {
        String condition =
            switch (table) {
              case "space" -> "name = '" + space + "'";
              case "api_key" -> "id = '" + theirKey + "'";
              case "interaction_message" ->
                  "interaction IN (SELECT id FROM interaction WHERE space = '" + space + "')";
              case "flyway_schema_history", "sqlite_sequence", "sqlite_stat1" -> "0";
              default -> "space = '" + space + "'";
            };
        String columns = table.equals("api_key") ? "id, digest, role, spaces, revoked_at" : "*";
        tables.put(
            table, rows(statement, "SELECT " + columns + " FROM " + table + " WHERE " + condition));
      }
    }
    assertThat(tables.get("version")).isNotEmpty();
    assertThat(tables.get("interaction")).hasSize(2);
    return tables;
  }

  private static List<String> rows(Statement statement, String query) throws SQLException {
    Set<String> rows = new TreeSet<>();
    try (ResultSet set = statement.executeQuery(query)) {
      int columns = set.getMetaData().getColumnCount();
      while (set.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          row.add(String.valueOf(set.getString(column)));
        }
        rows.add(String.join("|", row));
      }
    }
    return List.copyOf(rows);
  }
}
