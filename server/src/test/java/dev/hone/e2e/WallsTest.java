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
import java.util.function.UnaryOperator;
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
          Map.entry("POST /api/v1/lift", List.of("{}")),
          Map.entry(
              "POST /api/v1/interactions",
              List.of(
                  "{\"messages\":[{\"role\":\"user\",\"content\":\"Again?\"}],"
                      + "\"metadata\":{\"user_id\":\"ID\"}}")),
          Map.entry(
              "POST /api/v1/interactions/batch",
              List.of(
                  "{\"interactions\":[{\"messages\":[{\"role\":\"user\",\"content\":\"And"
                      + " now?\"}],\"metadata\":{\"agent_id\":\"ID\"}}]}")),
          Map.entry(
              "POST /api/v1/experiences",
              List.of(
                  "{\"when\":\"It hums.\",\"content\":\"Look at it.\",\"reason\":\"as of ID\"}")),
          Map.entry("PATCH /api/v1/experiences/{id}", List.of("{\"content\":\"Do not.\"}")),
          Map.entry(
              "POST /api/v1/feedback",
              List.of(
                  "{\"interaction_id\":\"ID\",\"correction\":\"Wrong.\"}",
                  "{\"episode_id\":\"ID\",\"value\":false}")),
          Map.entry(
              "POST /api/v1/experiences/search",
              List.of(
                  "{\"query\":\"xylofrob ID\"}",
                  "{\"query\":\"xylofrob\",\"types\":[\"ID\"],\"explain\":true}")),
          Map.entry("POST /api/v1/commits/{id}/restore", List.of("{}", "{\"before\":true}")),
          Map.entry("POST /api/v1/learning/settle", List.of("{\"timeout_seconds\":30}")),
          Map.entry("POST /api/v1/learning/dead-letters/{id}/retry", List.of("{}")),
          Map.entry("POST /api/v1/learning/dead-letters/{id}/drop", List.of("{}")),
          Map.entry("POST /api/v1/episodes/{id}/end", List.of("{}")),
          Map.entry("POST /api/v1/episodes/{id}/distill", List.of("{}")),
          Map.entry(
              "POST /api/v1/import",
              List.of(
                  "{\"id\":\"ID\",\"messages\":[{\"role\":\"user\",\"content\":\"Once"
                      + " more?\"}]}")),
          Map.entry("POST /api/v1/refinements", List.of("{}", "{\"dry_run\":true}")),
          Map.entry("POST /api/v1/spaces", List.of("{\"name\":\"ID\"}")),
          Map.entry("PATCH /api/v1/spaces/{name}", List.of("{\"learning\":\"off\"}")),
          Map.entry("PATCH /api/v1/keys/{id}", List.of("{\"pin\":\"ID\"}", "{\"pin\":null}")),
          Map.entry(
              "POST /api/v1/forget",
              List.of(
                  "{\"interaction\":\"ID\"}",
                  "{\"principal\":\"ID\"}",
                  "{\"query\":\"xylofrob\",\"source\":null}")),
          Map.entry("POST /api/v1/forget/{id}/execute", List.of("{\"token\":\"ID\"}")),
          Map.entry("POST /api/v1/forget/{id}/undo", List.of("{}")),
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

  private static String method(Operation operation) {
    return operation.method().equals(Operation.ANY) ? "POST" : operation.method();
  }

  private static String path(Operation operation, String id) {
    return operation.path().replaceAll("\\{\\w+}", id).replace("*", "files/" + id);
  }

  private String ask(HoneClient client, Request request, String id) throws Exception {
    return told(client.ask(request.method, request.path.apply(id), request.body.replace("ID", id)));
  }

  /** A request that names an id somewhere. */
  private record Request(String method, UnaryOperator<String> path, String body, String name) {}

  /**
   * The requests of an operation: its id in the path or the body, and in each of its parameters.
   */
  private static List<Request> requests(Operation operation) {
    List<Request> requests = new ArrayList<>();
    for (String body : bodies(operation)) {
      requests.add(
          new Request(
              method(operation), id -> path(operation, id), body, name(operation) + " " + body));
      for (Operation.Parameter parameter : operation.parameters()) {
        if (parameter.place() == Operation.Place.QUERY && !parameter.name().equals("cursor")) {
          String query = "?" + parameter.name() + "=";
          requests.add(
              new Request(
                  method(operation),
                  id -> path(operation, id) + query + id,
                  body,
                  name(operation) + query));
        }
      }
    }
    return requests;
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
      for (Request request : requests(operation)) {
        for (Pair pair : pairs) {
          for (Placing where : places(request, pair.kind)) {
            assertSame(where, request, pair);
            compared++;
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(300);
    assertThat(everythingOf("theirs")).isEqualTo(before);
    assertThat(theirs.ask(THEIR_QUESTION).said()).startsWith(THEIR_ANSWER);
  }

  /**
   * Counts move while learning goes on; so what differs is asked again when it has come to rest.
   */
  private void assertSame(Placing where, Request request, Pair pair) throws Exception {
    String foreign = ask(where.at(mine, pair.foreign), request, pair.foreign);
    String unknown = ask(where.at(mine, pair.unknown), request, pair.unknown);
    if (!foreign.equals(unknown)) {
      mine.settle();
      foreign = ask(where.at(mine, pair.foreign), request, pair.foreign);
      mine.settle();
      unknown = ask(where.at(mine, pair.unknown), request, pair.unknown);
    }
    assertThat(foreign)
        .as("%s with the %s of another space", request.name, pair.kind)
        .isEqualTo(unknown);
  }

  /** Where else in a request an id can be named. */
  @FunctionalInterface
  private interface Placing {
    HoneClient at(HoneClient client, String id);
  }

  private static List<Placing> places(Request request, String kind) {
    List<Placing> places = new ArrayList<>();
    if (!request.path.apply("1").equals(request.path.apply("2")) || request.body.contains("ID")) {
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
  void aForeignCommitIsNotComparedWithOnesOwn() throws Exception {
    String own = mine.list("commits").getFirst().path("id").asText();
    String asked = "/api/v1/commits/" + own + "?since=";
    Pair commit = pairs.get(3);

    assertThat(mine.get(asked + own).status()).isEqualTo(200);
    assertThat(told(mine.get(asked + commit.foreign)))
        .startsWith("404 ")
        .isEqualTo(told(mine.get(asked + commit.unknown)));
  }

  @Test
  void aForeignSpaceInTheQueryIsAnsweredAsOneThatNobodyHas() throws Exception {
    for (Operation operation : operations()) {
      for (String body : bodies(operation)) {
        String path = path(operation, "x") + "?space=";
        String sent = body.replace("ID", "x");
        assertThat(told(mine.ask(method(operation), path + "theirs", sent)))
            .as("%s", name(operation))
            .isEqualTo(told(mine.ask(method(operation), path + "nobody", sent)));
      }
    }
  }

  @Test
  void aWordOfAnotherSpaceWeighsAsMuchAsOneThatNobodySaid() throws Exception {
    String foreign = mine.post("/api/v1/experiences/search", explained("xylofrob")).text();
    String unknown = mine.post("/api/v1/experiences/search", explained("yxolbrof")).text();

    assertThat(foreign).contains("\"idf\"").isEqualTo(unknown.replace("yxolbrof", "xylofrob"));
  }

  private static String explained(String word) {
    return "{\"query\":\"" + word + "\",\"explain\":true}";
  }

  @Test
  void anIdempotencyKeyOfAnotherSpacesHolderIsUnknown() throws Exception {
    String body = Json.object("when", "It leaks.", "content", "Turn V7 off.");
    HoneClient.Answer first = theirs.with("idempotency-key", "k").post("/api/v1/experiences", body);
    HoneClient.Answer second = mine.with("idempotency-key", "k").post("/api/v1/experiences", body);

    assertThat(second.status()).isEqualTo(first.status()).isEqualTo(201);
    assertThat(second.header("idempotency-replayed")).isEmpty();
    assertThat(second.text()).isNotEqualTo(first.text());
  }

  @Test
  void whatIsListedIsTheCallersOwn() throws Exception {
    StringBuilder all = new StringBuilder();
    for (Operation operation : operations()) {
      if (operation.method().equals("GET") && !operation.path().contains("{")) {
        String text = mine.get(operation.path()).text();
        assertNothingForeign(name(operation), text);
        all.append(text);
        for (Pair pair : pairs) {
          String behind = mine.get(operation.path() + "?cursor=" + pair.foreign).text();
          assertNothingForeign(name(operation) + " from " + pair.kind, behind);
        }
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
              case "flyway_schema_history",
                  "linking",
                  "session_mark",
                  "sqlite_sequence",
                  "sqlite_stat1" ->
                  "0";
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
