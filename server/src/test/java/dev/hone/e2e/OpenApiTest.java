package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document tells what the server does, and the server does what the document tells. */
class OpenApiTest {

  /** The token of a plan that covers nothing. */
  static final String NO_PLAN = "55f658103fa19954788f6b57bd2dd36a";

  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  @TempDir Path data;
  private StubUpstream stub;
  private HoneFixture hone;
  private HoneClient client;
  private JsonNode document;

  @BeforeEach
  void start() throws Exception {
    stub = new StubUpstream(StubUpstream.says("Yes."));
    hone = HoneFixture.start(data, "upstream.url=" + stub.url());
    client = hone.client(hone.client().makeKey("admin", "*"));
    document = client.get("/openapi.json").json();
  }

  @AfterEach
  void stop() {
    hone.close();
    stub.close();
  }

  private record Told(String method, String path, JsonNode operation) {}

  private List<Told> operations() {
    List<Told> all = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        each ->
                            all.add(
                                new Told(
                                    each.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    each.getValue()))));
    return all;
  }

  @Test
  void itIsOpenApi31AndHoldsEveryDoor() {
    assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.path("paths").fieldNames())
        .toIterable()
        .contains(
            "/v1/chat/completions",
            "/v1/models",
            "/health/live",
            "/metrics",
            "/openapi.json",
            "/api/v1/experiences/{id}",
            "/api/v1/experiences/search",
            "/api/v1/interactions/batch",
            "/api/v1/keys/{id}");
    assertThat(operations())
        .allSatisfy(
            each -> {
              assertThat(each.operation.path("summary").asText()).endsWith(".");
              assertThat(each.operation.path("x-hone-role").asText())
                  .isIn("open", "client", "curator", "admin");
            });
  }

  @Test
  void aMethodThatIsNotToldIsNotAllowedAndEveryOneThatIsToldIs() throws Exception {
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      if (path.getKey().startsWith("/v1/")) {
        continue;
      }
      TreeSet<String> told = new TreeSet<>();
      path.getValue()
          .fieldNames()
          .forEachRemaining(name -> told.add(name.toUpperCase(Locale.ROOT)));
      HoneClient.Answer answer = client.ask("OPTIONS", path.getKey().replaceAll("[{}]", ""), "");
      assertThat(answer.status()).as(path.getKey()).isEqualTo(405);
      assertThat(answer.header("allow")).as(path.getKey()).isEqualTo(String.join(", ", told));
      assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void everyExampleIsTakenAndItsAnswerIsOfTheShapeTold() throws Exception {
    int sent = 0;
    for (Told told : operations()) {
      String interaction = client.teach("How far is it from here to the Kestrel rig?", "Nine.");
      client.settle();
      HoneClient.Answer answer = send(told, interaction);
      String name = told.method + " " + told.path;
      JsonNode responses = told.operation.path("responses");
      String status = responses.fieldNames().next();
      assertThat(answer.status())
          .as(name + " " + answer.text())
          .isEqualTo(Integer.parseInt(status));
      Map.Entry<String, JsonNode> content =
          responses.path(status).path("content").properties().iterator().next();
      if (!content.getKey().equals("*/*")) {
        assertThat(answer.header("content-type")).as(name).isEqualTo(content.getKey());
      }
      if (content.getValue().has("schema")) {
        assertThat(schemas.getSchema(content.getValue().path("schema")).validate(answer.json()))
            .as(name + " " + answer.text())
            .isEmpty();
      }
      sent++;
    }
    assertThat(sent).isGreaterThan(30);
  }

  @Test
  void aPreviewHasAStatusAndAShapeOfItsOwn() throws Exception {
    client.teach("How far is it from here to the Kestrel rig?", "Nine.");
    client.settle();
    String id = client.list("episodes").getFirst().path("id").asText();
    JsonNode told =
        document.at(
            "/paths/~1api~1v1~1episodes~1{id}~1distill/post/responses/200/content"
                + "/application~1json/schema");
    HoneClient.Answer answer = client.post("/api/v1/episodes/" + id + "/distill?dryRun=true", "{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("result").asText()).isEqualTo("lessons");
    assertThat(schemas.getSchema(told).validate(answer.json())).as(answer.text()).isEmpty();
    assertThat(told.at("/properties/result/enum").toString()).doesNotContain("queued");
  }

  private HoneClient.Answer send(Told told, String interaction) throws Exception {
    String path = told.path;
    if (path.equals("/v1/{path}")) {
      path = "/v1/embeddings";
    }
    String id = path.contains("{id}") ? id(path, interaction) : "";
    path = path.replace("{id}", id).replace("{name}", "default");
    for (JsonNode parameter : told.operation.path("parameters")) {
      if (parameter.path("in").asText().equals("query") && parameter.path("required").asBoolean()) {
        String name = parameter.path("name").asText();
        assertThat(name).isIn("interaction_id", "source");
        path += "?" + name + "=" + (name.equals("source") ? "default" : interaction);
      }
    }
    JsonNode content = told.operation.path("requestBody").path("content");
    JsonNode example =
        content
            .path(content.has("application/json") ? "application/json" : "application/x-ndjson")
            .path("example");
    String body =
        example.isMissingNode()
            ? ""
            : example.toString().replace("{interaction}", interaction).replace("{plan}", NO_PLAN);
    return client.ask(told.method, path, body);
  }

  private String id(String path, String interaction) throws Exception {
    if (path.contains("/interactions/")) {
      return interaction;
    }
    String of = path.split("/", -1)[3];
    if (of.equals("keys")) {
      return client.madeKey("client", "default").path("id").asText();
    }
    if (path.contains("/dead-letters/")) {
      return deadLetter();
    }
    if (of.equals("experiences") || of.equals("lift")) {
      return client
          .post("/api/v1/experiences", Json.object("when", "It leaks.", "content", "Turn V7 off."))
          .json()
          .path("id")
          .asText();
    }
    if (of.equals("forget")) {
      return forgetting(path.endsWith("/undo"));
    }
    return client.list(of).getFirst().path("id").asText();
  }

  /** A job that was set aside, as after an hour of failing. */
  private String deadLetter() throws SQLException {
    String id = UUID.randomUUID().toString();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("hone.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT OR REPLACE INTO job VALUES ('"
              + id
              + "', 'default', 'REFINE', '', 'FAILED', 0, 8, 'no room', 0)");
    }
    return id;
  }

  /** A plan that covers nothing, whose token is the one of the example; perhaps carried out. */
  private String forgetting(boolean executed) throws Exception {
    JsonNode plan = client.post("/api/v1/forget", Json.object("session", "nobody's")).json();
    String id = plan.path("id").asText();
    if (executed) {
      String token = Json.object("token", plan.path("token").asText());
      assertThat(client.post("/api/v1/forget/" + id + "/execute", token).status()).isEqualTo(200);
    }
    return id;
  }
}
