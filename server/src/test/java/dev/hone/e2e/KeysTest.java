package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the first key on, a key is needed; it opens its spaces, and no model sees it. */
class KeysTest {

  private static final String QUESTION = "How do I close the cooling loop of the Kestrel rig?";
  private static final String CORRECTION = "Turn the red lever V7 twice.";

  @TempDir Path data;
  private HoneFixture hone;
  private HoneClient admin;

  @BeforeEach
  void start() throws Exception {
    hone = HoneFixture.start(data);
    HoneClient anybody = hone.client();
    anybody.post("/api/v1/spaces", Json.object("name", "here"));
    anybody.post("/api/v1/spaces", Json.object("name", "there"));
    admin = hone.client(anybody.makeKey("admin", "*"));
  }

  @AfterEach
  void stop() {
    hone.close();
  }

  private HoneClient holding(String role, String... spaces) throws Exception {
    return hone.client(admin.makeKey(role, spaces));
  }

  private static void assertNeedsAKey(HoneClient.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/spaces",
        "/api/v1/spaces?no=such",
        "/api/v1/experiences/search",
        "/api/v1/nothing",
        "/openapi.json",
        "/metrics",
        "/",
        "/nothing"
      })
  void withoutAKeyNothingIsTold(String path) throws Exception {
    HoneClient.Answer answer = hone.client().get(path);

    assertNeedsAKey(answer);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("type").asText()).isEqualTo("/problems/invalid-api-key");
    assertThat(answer.json().path("title").asText()).isEqualTo("Invalid API key");
    assertThat(answer.json().path("detail").asText()).contains("Authorization: Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models", "/v1/files", "/v1/chat/completions"})
  void withoutAKeyTheGatewayRefusesAsOpenAiWould(String path) throws Exception {
    HoneClient.Answer answer = hone.client().post(path, Json.chat("hone-builtin", "x"));

    assertNeedsAKey(answer);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.json().at("/error/code").asText()).isEqualTo("invalid_api_key");
    assertThat(answer.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
    assertThat(answer.json().at("/error/message").asText()).contains("API key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready", "/version"})
  void whetherItLivesIsToldToAnybody(String path) throws Exception {
    assertThat(hone.client().get(path).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer hone_0000", "Bearer ", "Basic aG9uZTpob25l", "hone_0000", "Bearer sk-x"})
  void whatIsNoKeyOpensNothing(String authorization) throws Exception {
    assertNeedsAKey(hone.client().with("authorization", authorization).get("/api/v1/spaces"));
  }

  @Test
  void aKeyIsShownAsBearerTokenOrAsXApiKey() throws Exception {
    String key = admin.makeKey("client", "default");

    for (String scheme : new String[] {"Bearer ", "bearer ", "BEARER   "}) {
      assertThat(hone.client().with("authorization", scheme + key).get("/api/v1/spaces").status())
          .isEqualTo(200);
    }
    assertThat(hone.client().with("x-api-key", key).get("/v1/models").status()).isEqualTo(200);
    assertNeedsAKey(hone.client().key("wrong").with("x-api-key", key).get("/api/v1/spaces"));
    assertThat(key).matches("hone_[0-9a-f]{64}");
  }

  @Test
  void aRevokedKeyIsRefusedAtOnceAndAfterARestart() throws Exception {
    JsonNode made = admin.madeKey("client", "default");
    HoneClient client = hone.client(made.path("key").asText());
    assertThat(client.ask(QUESTION).status()).isEqualTo(200);

    HoneClient.Answer revoked = admin.ask("DELETE", "/api/v1/keys/" + made.path("id").asText(), "");

    assertThat(revoked.status()).isEqualTo(200);
    assertThat(revoked.json().path("revoked").asText()).isNotBlank();
    assertNeedsAKey(client.get("/api/v1/spaces"));
    hone.close();
    hone = HoneFixture.start(data);
    assertNeedsAKey(hone.client(made.path("key").asText()).get("/api/v1/spaces"));
  }

  @Test
  void whereTheLastKeyIsRevokedHoneStaysClosed() throws Exception {
    String id = admin.list("keys").getFirst().path("id").asText();
    assertThat(admin.ask("DELETE", "/api/v1/keys/" + id, "").status()).isEqualTo(200);

    assertNeedsAKey(hone.client().get("/api/v1/spaces"));
    hone.close();
    hone = HoneFixture.start(data);
    assertNeedsAKey(hone.client().get("/api/v1/spaces"));
  }

  @Test
  void aKeyIsShownOnceAndListedWithoutIt() throws Exception {
    JsonNode made = admin.madeKey("curator", "there", "here");
    hone.client(made.path("key").asText()).space("here").get("/api/v1/spaces");

    JsonNode listed = admin.list("keys").getFirst();
    assertThat(listed.path("id")).isEqualTo(made.path("id"));
    assertThat(listed.path("name").asText()).isEqualTo("a key");
    assertThat(listed.path("role").asText()).isEqualTo("curator");
    assertThat(listed.path("spaces").toString()).isEqualTo("[\"here\",\"there\"]");
    assertThat(listed.path("created").asText()).isNotBlank();
    assertThat(listed.path("last_used").asText()).endsWith(":00:00Z");
    assertThat(listed.path("revoked").isNull()).isTrue();
    assertThat(admin.get("/api/v1/keys").text())
        .doesNotContain(made.path("key").asText().substring(5));
  }

  @Test
  void aKeyOpensItsSpacesAndNoOther() throws Exception {
    HoneClient here = holding("client", "here");
    HoneClient there = holding("client", "there");
    String id = here.teach(QUESTION, CORRECTION);
    admin.space("here").settle();

    assertThat(here.ask(QUESTION).said()).startsWith(CORRECTION);
    assertThat(there.ask(QUESTION).said()).startsWith("I don't know.");
    assertThat(there.get("/api/v1/interactions/" + id).status()).isEqualTo(404);
    assertThat(there.space("here").get("/api/v1/experiences").status()).isEqualTo(404);
    assertThat(there.get("/api/v1/experiences?space=here").status()).isEqualTo(404);
    assertThat(there.list("spaces")).extracting(s -> s.path("name").asText()).containsOnly("there");
    assertThat(admin.list("spaces")).hasSize(3);
  }

  @Test
  void whoDoesNotShowAKeyLearnsNothingOfWhatIsTaken() throws Exception {
    for (HoneClient nobody : List.of(hone.client(), hone.client("hone_0"))) {
      assertNeedsAKey(nobody.post("/api/v1/spaces", "{\"no\":\"such\"}"));
      assertNeedsAKey(nobody.post("/api/v1/keys", "not JSON"));
      assertNeedsAKey(nobody.with("accept", "text/html").get("/api/v1/experiences"));
      assertNeedsAKey(nobody.ask("PUT", "/api/v1/experiences", ""));
    }
    HoneClient client = holding("client", "here");
    HoneClient.Answer refused = client.post("/api/v1/spaces", "{\"no\":\"such\"}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("type").asText()).isEqualTo("/problems/not-allowed");
  }

  @Test
  void everyRequestOfAConnectionShowsItsOwnKey() throws Exception {
    String asking = "GET /api/v1/stats HTTP/1.1";
    String shown = asking + "\nAuthorization: Bearer " + admin.makeKey("client", "here");
    try (WireClient connection = new WireClient(hone.url())) {
      for (String head : List.of(shown, asking, shown)) {
        connection.send(head, new byte[0]);
        assertThat(connection.answer().status()).isEqualTo(head.equals(shown) ? 200 : 401);
      }
    }
  }

  @Test
  void aSpaceIsShownToThoseWhoMayEnterIt() throws Exception {
    HoneClient local = holding("admin", "here");

    assertThat(local.get("/api/v1/spaces/here").status()).isEqualTo(200);
    assertThat(local.get("/api/v1/spaces/there").status()).isEqualTo(404);
    assertThat(local.patch("/api/v1/spaces/there", "{\"learning\":\"off\"}").status())
        .isEqualTo(404);
    assertThat(local.patch("/api/v1/spaces/here", "{\"learning\":\"off\"}").status())
        .isEqualTo(200);
    assertThat(local.get("/api/v1/stats").json().has("captures_missed"))
        .as("what is counted over all spaces")
        .isFalse();
    assertThat(admin.get("/api/v1/stats").json().has("captures_missed")).isTrue();
    assertThat(admin.get("/api/v1/stats").json().path("database_bytes").asLong()).isPositive();
  }

  @Test
  void aClientJudgesWhatWasAnsweredToItselfACuratorWhatWasAnsweredInItsSpace() throws Exception {
    HoneClient client = holding("client", "here");
    String id = client.ask(QUESTION).interaction();
    admin.space("here").settle();
    String episode = client.list("episodes").getFirst().path("id").asText();
    String byInteraction = Json.object("interaction_id", id, "comment", "Right.");
    String byEpisode = Json.object("episode_id", episode, "comment", "Right.");

    for (String said : List.of(byInteraction, byEpisode)) {
      assertThat(client.post("/api/v1/feedback", said).status()).isEqualTo(201);
      assertThat(holding("curator", "here").post("/api/v1/feedback", said).status()).isEqualTo(201);
      assertThat(holding("curator", "there").post("/api/v1/feedback", said).status())
          .isEqualTo(404);
      HoneClient.Answer foreign = holding("client", "here").post("/api/v1/feedback", said);
      HoneClient.Answer unknown =
          client.post("/api/v1/feedback", said.replace(id, "no").replace(episode, "no"));
      assertThat(foreign.status()).isEqualTo(unknown.status()).isEqualTo(404);
      assertThat(foreign.json().path("detail").asText().replace(id, "no").replace(episode, "no"))
          .isEqualTo(unknown.json().path("detail").asText());
    }
    assertThat(client.list("feedback?interaction_id=" + id)).hasSize(4);
  }

  @Test
  void aSpaceThatIsNotNamedIsTheDefaultOneElseTheOnlyOne() throws Exception {
    assertThat(stats(holding("client", "here", "default"))).isEqualTo("default");
    assertThat(stats(holding("client", "here"))).isEqualTo("here");
    assertThat(stats(admin)).isEqualTo("default");

    HoneClient several = holding("client", "here", "there");
    HoneClient.Answer unclear = several.get("/api/v1/stats");
    assertThat(unclear.status()).isEqualTo(400);
    assertThat(unclear.json().path("detail").asText()).contains("x-hone-space");
    assertThat(several.chat(Json.chat("hone-builtin", "x")).status()).isEqualTo(400);
    assertThat(stats(several.space("there"))).isEqualTo("there");
  }

  private static String stats(HoneClient client) throws Exception {
    return client.get("/api/v1/stats").json().path("space").asText();
  }

  @Test
  void thePrincipalIsTheKeyWhateverHeaderShowsIt() throws Exception {
    JsonNode made = admin.madeKey("client", "default");
    String key = made.path("key").asText();
    String id = hone.client(key).teach(QUESTION, CORRECTION);

    assertThat(hone.client().with("x-api-key", key).receipt(id).path("id").asText()).isEqualTo(id);
    HoneClient other = holding("client", "default");
    assertThat(other.get("/api/v1/interactions/" + id).status()).isEqualTo(404);
    admin.settle();
    JsonNode item = other.item(other.list("experiences").getFirst().path("id").asText());
    assertThat(item.at("/evidence/0/principal")).isEqualTo(made.path("id"));
  }

  @Test
  void theModelGetsTheConfiguredKeyAndNeverTheClients(@TempDir Path elsewhere) throws Exception {
    try (StubUpstream stub = new StubUpstream(StubUpstream.says("Yes."));
        StubUpstream named = new StubUpstream(StubUpstream.says("No."));
        HoneFixture closed =
            HoneFixture.start(
                elsewhere,
                "upstream.url=" + stub.url(),
                "upstream.key=sk-configured",
                "upstreams.other.url=" + named.url(),
                "upstreams.other.models=other")) {
      String key = closed.client().makeKey("client", "default");
      HoneClient client = closed.client(key);

      client.chat(Json.chat("any", QUESTION));
      client.get("/v1/models");
      client.post("/v1/embeddings", "{}");
      closed.client().with("x-api-key", key).chat(Json.chat("any", QUESTION));
      client.chat(Json.chat("other", QUESTION));

      assertThat(stub.received()).hasSize(4);
      assertThat(stub.received())
          .allSatisfy(
              received -> {
                assertThat(received.headers().get("Authorization"))
                    .containsExactly("Bearer sk-configured");
                assertThat(received.headers().toString()).doesNotContain(key);
              });
      assertThat(named.received()).isNotEmpty();
      assertThat(named.received())
          .allSatisfy(
              received -> {
                assertThat(received.headers().get("Authorization")).isNull();
                assertThat(received.headers().toString()).doesNotContain(key);
              });
    }
  }

  @Test
  void withoutAConfiguredKeyTheModelGetsNone(@TempDir Path elsewhere) throws Exception {
    try (StubUpstream stub = new StubUpstream(StubUpstream.says("Yes."));
        HoneFixture closed = HoneFixture.start(elsewhere, "upstream.url=" + stub.url())) {
      String key = closed.client().makeKey("client", "default");

      closed.client(key).chat(Json.chat("any", QUESTION));

      assertThat(stub.last().headers().get("Authorization")).isNull();
      assertThat(stub.last().headers().toString()).doesNotContain(key);
    }
  }

  @Test
  void theOfficialClientNeedsNothingButTheKey() throws Exception {
    ChatCompletionCreateParams asking =
        ChatCompletionCreateParams.builder().model("hone-builtin").addUserMessage(QUESTION).build();
    OpenAIClient client = official(admin.makeKey("client", "here"));
    OpenAIClient stranger = official("sk-stranger");

    assertThat(client.chat().completions().create(asking).choices()).hasSize(1);
    assertThatThrownBy(() -> stranger.chat().completions().create(asking))
        .isInstanceOf(UnauthorizedException.class)
        .hasMessageContaining("unknown or revoked");
    client.close();
    stranger.close();
  }

  private OpenAIClient official(String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(hone.url() + "/v1")
        .apiKey(key)
        .maxRetries(0)
        .build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                             | 'name' must be a string
          {"name":" "}                                   | not blank of at most 100 characters
          {"name":"a\\u001bb"}                           | control character
          {"name":"x","role":"king"}                     | one of client, curator, admin
          {"name":"x","spaces":[]}                       | 'spaces' must be a non-empty list
          {"name":"x","spaces":"here"}                   | 'spaces' must be a non-empty list
          {"name":"x","spaces":{"a":"here"}}             | 'spaces' must be a non-empty list
          {"name":"x","spaces":[7]}                      | 'spaces.0' must be a string
          {"name":"x","colour":"red"}                    | 'colour' is not known here
          {"name":"x","spaces":["nowhere"]}              | no space 'nowhere'
          {"name":"x","spaces":["*"]}                    | only a key of role admin
          {"name":"x","role":"admin","spaces":["*","here"]} | '*' stands alone
          """)
  void aKeyThatCannotBeIsRefusedWithASentence(String body, String says) throws Exception {
    int before = admin.list("keys").size();

    HoneClient.Answer refused = admin.post("/api/v1/keys", body);

    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.json().path("detail").asText()).contains(says);
    assertThat(admin.list("keys")).hasSize(before);
  }

  @Test
  void anAdministratorOfOneSpaceMakesKeysForThatSpaceOnly() throws Exception {
    HoneClient local = holding("admin", "here");

    assertThat(local.madeKey("admin", "here").path("spaces").toString()).isEqualTo("[\"here\"]");
    for (String body :
        new String[] {
          "{\"name\":\"x\",\"spaces\":[\"there\"]}", "{\"name\":\"x\",\"spaces\":[\"nowhere\"]}"
        }) {
      assertThat(local.post("/api/v1/keys", body).status()).isEqualTo(400);
    }
    assertThat(local.post("/api/v1/keys", "{\"name\":\"x\",\"role\":\"admin\"}").status())
        .isEqualTo(403);
    assertThat(local.post("/api/v1/spaces", Json.object("name", "there")).status()).isEqualTo(403);
    assertThat(local.post("/api/v1/spaces", Json.object("name", "new")).status()).isEqualTo(403);
    assertThat(local.get("/metrics").status()).isEqualTo(403);
    assertThat(admin.get("/metrics").status()).isEqualTo(200);
    assertThat(local.list("keys")).hasSize(2);
  }

  @Test
  void anAddressThatOthersReachIsTakenOnceThereIsAKey() throws Exception {
    String key = admin.makeKey("client", "default");
    hone.close();

    hone = HoneFixture.start(data, "server.host=0.0.0.0");

    HoneClient local = new HoneClient("http://127.0.0.1:" + hone.port(), List.of());
    assertNeedsAKey(local.get("/api/v1/spaces"));
    assertThat(local.key(key).get("/api/v1/spaces").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "hone.example, '', 200",
    "hone.example:8420, http://hone.example:8420, 200",
    "hone.example, https://hone.example, 200",
    "hone.example, https://console.example, 200",
    "hone.example, https://evil.example, 403",
    "hone.example, https://console.example.evil.example, 403",
    "hone.example, http://console.example, 403",
    "hone.example, null, 403"
  })
  void withKeysAnyNameOfHoneServesAndForeignPagesNeedToBeNamed(
      String host, String origin, int status) throws Exception {
    String key = admin.makeKey("client", "default");
    hone.close();
    hone = HoneFixture.start(data, "server.origins=https://console.example");

    try (RawHttp http = new RawHttp(hone.port())) {
      String answer =
          http.send(
                  "GET /api/v1/spaces HTTP/1.1\nHost: "
                      + host
                      + "\nAuthorization: Bearer "
                      + key
                      + (origin.isEmpty() ? "" : "\nOrigin: " + origin),
                  "")
              .readAnswer();
      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
      assertThat(answer.contains("Access-Control-Allow-Origin: https://console.example"))
          .isEqualTo(origin.equals("https://console.example"));
    }
  }

  @Test
  void aPageThatIsNamedMayAskFirst() throws Exception {
    hone.close();
    hone = HoneFixture.start(data, "server.origins=https://console.example");

    assertThat(asking("https://console.example"))
        .startsWith("HTTP/1.1 204 ")
        .contains("Access-Control-Allow-Methods: DELETE")
        .contains("Access-Control-Allow-Headers: authorization,x-hone-space");
    assertThat(asking("https://evil.example"))
        .startsWith("HTTP/1.1 403 ")
        .doesNotContain("Access-Control");
  }

  /** What a browser is told that wants to send a request of a page. */
  private String asking(String origin) throws Exception {
    try (RawHttp http = new RawHttp(hone.port())) {
      return http.send(
              """
              OPTIONS /api/v1/keys/x HTTP/1.1
              Host: hone.example
              Access-Control-Request-Method: DELETE
              Access-Control-Request-Headers: authorization,x-hone-space
              Origin:\
              """
                  + " "
                  + origin,
              "")
          .readTo("\r\n\r\n");
    }
  }
}
