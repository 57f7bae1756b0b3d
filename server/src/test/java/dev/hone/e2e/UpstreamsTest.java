package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which model answers, and what it is told of who asks. */
class UpstreamsTest {

  private static final String CLIENTS_KEY = "Bearer sk-the-clients-own";

  @TempDir Path data;
  private StubUpstream standard;
  private StubUpstream keyed;
  private StubUpstream open;

  @BeforeEach
  void startModels() throws Exception {
    standard = new StubUpstream(StubUpstream.says("standard"));
    keyed = new StubUpstream(StubUpstream.says("keyed"));
    open = new StubUpstream(StubUpstream.says("open"));
  }

  @AfterEach
  void stopModels() {
    standard.close();
    keyed.close();
    open.close();
  }

  private HoneFixture start(String... settings) {
    String[] all = new String[settings.length + 6];
    all[0] = "upstream.url=" + standard.url() + "/v1/";
    all[1] = "upstreams.keyed.url=" + keyed.url();
    all[2] = "upstreams.keyed.models=big-*, exact";
    all[3] = "upstreams.keyed.key=sk-of-keyed";
    all[4] = "upstreams.open.url=" + open.url();
    all[5] = "upstreams.open.models=local";
    System.arraycopy(settings, 0, all, 6, settings.length);
    return HoneFixture.start(data, all);
  }

  private static String authorization(StubUpstream stub) {
    return String.valueOf(stub.last().headers().getFirst("Authorization"));
  }

  @Test
  void theModelsNameChoosesWhoAnswers() throws Exception {
    try (HoneFixture hone = start()) {
      HoneClient client = hone.client();

      assertThat(client.chat(Json.chat("big-7b", "Hi")).said()).isEqualTo("keyed");
      assertThat(client.chat(Json.chat("exact", "Hi")).said()).isEqualTo("keyed");
      assertThat(client.chat(Json.chat("local", "Hi")).said()).isEqualTo("open");
      assertThat(client.chat(Json.chat("exactly", "Hi")).said()).isEqualTo("standard");
      assertThat(client.chat(Json.chat("hone-builtin", "Hi")).said()).startsWith("I don't know.");
    }
  }

  @Test
  void theListOfModelsHasThoseOfAllUpstreams() throws Exception {
    standard.script(StubUpstream.json(200, "{\"data\":[{\"id\":\"s1\",\"object\":\"model\"}]}"));
    keyed.script(StubUpstream.json(200, "{\"data\":[{\"id\":\"big-1\",\"object\":\"model\"}]}"));
    open.script(StubUpstream.json(200, "{\"data\":[{\"id\":\"local\",\"object\":\"model\"}]}"));
    try (HoneFixture hone = start()) {

      HoneClient.Answer answer = hone.client().get("/v1/models");

      assertThat(answer.json().path("data").findValuesAsText("id"))
          .containsExactly("s1", "big-1", "local", "hone-builtin");
    }
  }

  @Test
  void aRefusalOfTheListIsPassedOnAsItCame() throws Exception {
    String refusal = "{\"error\": {\"message\":\"no such key\"} }";
    standard.script(StubUpstream.json(401, refusal, "X-Request-Id", "r1"));
    try (HoneFixture hone = start()) {

      HoneClient.Answer answer = hone.client().get("/v1/models");

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.text()).isEqualTo(refusal);
      assertThat(answer.header("x-request-id")).isEqualTo("r1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>Hello</html>", "{\"models\": [] }", ""})
  void whatIsNoListIsPassedOnAsItCame(String body) throws Exception {
    standard.script(StubUpstream.json(200, body));
    try (HoneFixture hone = start()) {

      HoneClient.Answer answer = hone.client().get("/v1/models");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo(body);
    }
  }

  @Test
  void aNamedUpstreamThatFailsIsLeftOutOfTheList() throws Exception {
    standard.script(StubUpstream.json(200, "{\"data\":[{\"id\":\"s1\"}]}"));
    open.script(StubUpstream.json(500, "{\"data\":[{\"id\":\"local\"}]}"));
    try (HoneFixture hone = start()) {
      keyed.close();

      HoneClient.Answer answer = hone.client().get("/v1/models");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().path("data").findValuesAsText("id"))
          .containsExactly("s1", "hone-builtin");
    }
  }

  @Test
  void withoutTheStandardUpstreamThereIsNoList() throws Exception {
    try (HoneFixture hone = start()) {
      standard.close();

      assertThat(hone.client().get("/v1/models").status()).isEqualTo(502);
    }
  }

  @Test
  void withoutAModelTheBuiltInOneRefusesAnUnknownNameAsOpenAiWould() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {

      HoneClient.Answer answer = hone.client().chat(Json.chat("gpt-nope", "Hi"));

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().at("/error/code").asText()).isEqualTo("model_not_found");
      assertThat(answer.json().at("/error/message").asText())
          .contains("'gpt-nope'")
          .contains("hone-builtin");
    }
  }

  @Test
  void theClientsKeyGoesVerbatimToTheStandardModelAndToNoOther() throws Exception {
    try (HoneFixture hone = start()) {
      HoneClient client = hone.client().with("authorization", CLIENTS_KEY);
      client.chat(Json.chat("any", "Hi"));
      client.chat(Json.chat("big-7b", "Hi"));
      client.chat(Json.chat("local", "Hi"));
    }

    assertThat(authorization(standard)).isEqualTo(CLIENTS_KEY);
    assertThat(authorization(keyed)).isEqualTo("Bearer sk-of-keyed");
    assertThat(open.last().headers()).doesNotContainKey("Authorization");
  }

  @Test
  void aConfiguredKeyReplacesTheClientsOwn() throws Exception {
    try (HoneFixture hone = start("upstream.key=sk-of-standard")) {
      hone.client().with("authorization", CLIENTS_KEY).chat(Json.chat("any", "Hi"));
      assertThat(authorization(standard)).isEqualTo("Bearer sk-of-standard");

      hone.client().chat(Json.chat("any", "Hi"));
      assertThat(authorization(standard)).isEqualTo("Bearer sk-of-standard");

      hone.client().with("authorization", CLIENTS_KEY).get("/v1/files");
      assertThat(authorization(standard)).isEqualTo("Bearer sk-of-standard");
    }
  }

  @Test
  void whateverElseShowsWhoTheClientIsGoesNoFurtherThanItsKey() throws Exception {
    String[] shown = {"x-api-key", "k-1", "api-key", "k-2", "cookie", "session=k-3"};
    try (HoneFixture hone = start()) {
      HoneClient client = hone.client().with(shown);
      client.chat(Json.chat("any", "Hi"));
      client.chat(Json.chat("big-7b", "Hi"));
      client.chat(Json.chat("local", "Hi"));
    }
    assertThat(standard.last().headers()).containsKeys("X-api-key", "Api-key", "Cookie");
    assertShowsNobody(keyed);
    assertShowsNobody(open);

    try (HoneFixture hone = start("upstream.key=sk-of-standard")) {
      hone.client().with(shown).chat(Json.chat("any", "Hi"));
    }
    assertShowsNobody(standard);
  }

  private static void assertShowsNobody(StubUpstream stub) {
    assertThat(stub.last().headers()).doesNotContainKeys("X-api-key", "Api-key", "Cookie");
  }

  @Test
  void headersForHoneAndItsLikesStayHereAndOthersGoOn() throws Exception {
    try (HoneFixture hone = start()) {
      hone.client()
          .with("x-hone-session", "s1", "x-hone-mode", "augment", "x-hone-space", "default")
          .with("helicone-user-id", "u1", "helicone-session-id", "s2", "x-bf-session-id", "s3")
          .with("x-portkey-metadata", "{\"_user\":\"u2\"}")
          .with("openai-organization", "org-1", "x-mine", "kept")
          .chat(Json.chat("any", "Hi"));
    }

    assertThat(standard.last().headers().keySet())
        .noneMatch(name -> name.matches("(?i)(x-hone|helicone|x-bf|x-portkey)-.*"));
    assertThat(standard.last().headers().getFirst("Openai-Organization")).isEqualTo("org-1");
    assertThat(standard.last().headers().getFirst("X-Mine")).isEqualTo("kept");
    assertThat(standard.last().headers().getFirst("Content-Type")).isEqualTo("application/json");
  }
}
