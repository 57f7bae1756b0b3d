package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is forgotten is gone: from every file, every answer, and from what others were told. */
class ForgettingTest {

  private static final String SESSION = "zqsessionname-kestrel-77";
  private static final String PERSON = "zqpersonname-zebulon";
  private static final String QUESTION = "How is the zqquestion loop of the Kestrel rig closed?";
  private static final String TOOL = "zqgaugetool gauge reads 7 bar";
  private static final String ANSWER = "The zqanswering says that I cannot tell.";
  private static final String CORRECTION = "Turn the zqcorrection lever V7 twice.";
  private static final String EDIT = "Turn the zqeditedlever lever V7 three times.";
  private static final List<String> WORDS =
      List.of(
          "zqsessionname",
          "zqpersonname",
          "zqquestion",
          "zqgaugetool",
          "zqanswering",
          "zqcorrection",
          "zqeditedlever");

  private static final String SHARED = "Where is the spare fuse of the walrus pen kept?";
  private static final String DRAWER = "In the lower drawer of the walrus pen.";

  @TempDir Path data;

  private static HoneClient ann(HoneFixture hone) {
    return hone.client("ann").with("x-hone-session", SESSION);
  }

  private static HoneClient bob(HoneFixture hone) {
    return hone.client("bob");
  }

  /** Ann says what is to be forgotten, in every way there is; returns her interaction. */
  private static String tell(HoneClient ann) throws Exception {
    String body =
        "{\"messages\":["
            + Json.message("user", QUESTION)
            + ",{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"t1\",\"type\":"
            + "\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"{\\\"at\\\":\\\"zqgaugetool\\\"}\"}}]},"
            + "{\"role\":\"tool\",\"tool_call_id\":\"t1\",\"content\":"
            + Json.quoted(TOOL)
            + "}],\"answer\":"
            + Json.quoted(ANSWER)
            + ",\"metadata\":{\"user_id\":"
            + Json.quoted(PERSON)
            + "}}";
    HoneClient.Answer taken = ann.post("/api/v1/interactions", body);
    assertThat(taken.status()).as(taken.text()).isEqualTo(201);
    String id = taken.json().path("id").asText();
    ann.correct(id, CORRECTION);
    return id;
  }

  private static JsonNode plan(HoneClient client, String by, String value) throws Exception {
    HoneClient.Answer answer = client.post("/api/v1/forget", Json.object(by, value));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  private static HoneClient.Answer execute(HoneClient client, JsonNode plan) throws Exception {
    return client.post(
        "/api/v1/forget/" + plan.path("id").asText() + "/execute",
        Json.object("token", plan.path("token").asText()));
  }

  private static JsonNode forget(HoneClient client, String by, String value) throws Exception {
    HoneClient.Answer done = execute(client, plan(client, by, value));
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    return done.json();
  }

  private static JsonNode undo(HoneClient client, String id) throws Exception {
    HoneClient.Answer undone = client.post("/api/v1/forget/" + id + "/undo", "{}");
    assertThat(undone.status()).as(undone.text()).isEqualTo(200);
    return undone.json();
  }

  private List<String> traces() throws Exception {
    List<String> traces = new ArrayList<>();
    for (String word : WORDS) {
      Traces.of(data, word).forEach(place -> traces.add(word + " in " + place));
    }
    return traces;
  }

  @Test
  void withoutAWindowNoByteIsLeftInAnyFileNorInTheLogWhenTheAnswerComes() throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (HoneFixture hone = HoneFixture.start(data, "forget.window=0s", "pool.admission=true")) {
      HoneClient ann = ann(hone);
      HoneClient bob = bob(hone);
      String told = tell(ann);
      ann.teach(SHARED, DRAWER);
      bob.teach(SHARED, DRAWER);
      bob.settle();
      HoneClient.Answer shown = bob.ask(QUESTION.replace("zqquestion ", ""));
      assertThat(shown.said()).as("Bob is told what Ann said").contains("zqcorrection");
      bob.settle();
      String item = ann.receipt(told).at("/learning/experiences/0").asText();
      String version = bob.item(item).path("version").asText();
      HoneClient.Answer edited =
          bob.with("if-match", bob.get("/api/v1/experiences/" + item).header("etag"))
              .patch("/api/v1/experiences/" + item, Json.object("content", EDIT));
      assertThat(edited.status()).as(edited.text() + version).isEqualTo(200);
      bob.post("/api/v1/refinements", "{}");
      assertThat(traces()).isNotEmpty();

      OutputStreamAppender<ILoggingEvent> appender = listen(log);
      JsonNode done = forget(bob, "session", SESSION);
      stopListening(appender);

      assertThat(done.path("state").asText()).isEqualTo("purged");
      assertThat(done.at("/counts/interactions").asInt()).isEqualTo(2);
      assertThat(done.at("/counts/answers").asInt()).isEqualTo(1);
      assertThat(traces()).isEmpty();
      assertThat(log.toString(UTF_8)).contains("forgetting").doesNotContain("zq");
      assertThat(ann.receipt(told).path("state").asText()).isEqualTo("forgotten");
      assertThat(ann.list("interactions")).isEmpty();
      assertThat(bob.receipt(shown.interaction()).path("messages")).hasSize(1);
      assertThat(bob.get("/api/v1/experiences/" + item).status()).isEqualTo(404);
      assertThat(bob.ask(SHARED).said()).startsWith(DRAWER);
      bob.settle();
    }
    assertThat(traces()).isEmpty();
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient bob = bob(hone);
      List<JsonNode> left = bob.list("experiences");
      assertThat(left).extracting(each -> each.path("content").asText()).containsExactly(DRAWER);
      assertThat(bob.item(left.getFirst().path("id").asText()).path("evidence"))
          .as("what Bob said himself")
          .hasSize(2);
      assertThat(bob.list("commits")).anyMatch(each -> each.path("kind").asText().equals("forget"));
      assertThat(bob.ask(QUESTION).said()).doesNotContain("zqcorrection");
    }
  }

  private static OutputStreamAppender<ILoggingEvent> listen(ByteArrayOutputStream log) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(root.getLoggerContext());
    encoder.setPattern("%level %logger %msg%n%ex");
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(root.getLoggerContext());
    appender.setEncoder(encoder);
    appender.setOutputStream(log);
    appender.start();
    root.addAppender(appender);
    ((Logger) LoggerFactory.getLogger("dev.hone")).setLevel(Level.TRACE);
    return appender;
  }

  private static void stopListening(OutputStreamAppender<ILoggingEvent> appender) {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(appender);
    ((Logger) LoggerFactory.getLogger("dev.hone")).setLevel(null);
  }

  /**
   * All that can be read of what was said and learned; items without the count of their changes.
   */
  private static List<String> everything(HoneClient... clients) throws Exception {
    List<String> all = new ArrayList<>();
    for (HoneClient client : clients) {
      client.list("interactions").forEach(each -> all.add(each.toString()));
      client.list("episodes").forEach(each -> all.add(each.toString()));
      for (JsonNode each : client.list("experiences")) {
        ObjectNode item = (ObjectNode) client.item(each.path("id").asText());
        item.remove(List.of("version", "sequence"));
        all.add(item.toString());
      }
    }
    return all;
  }

  @Test
  void withinTheWindowAllIsHiddenAtOnceAndAnUndoBringsItBackByteForByte() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "episode.idle=1h")) {
      HoneClient ann = ann(hone);
      HoneClient bob = bob(hone);
      String told = tell(ann);
      bob.settle();
      String item = ann.receipt(told).at("/learning/experiences/0").asText();
      HoneClient talk = bob.with("x-hone-session", "talk");
      String first = Json.chatOf("hone-builtin", Json.message("user", QUESTION));
      assertThat(talk.chat(first).mode()).isEqualTo("augmented");
      bob.settle();
      List<String> before = everything(ann, bob);

      JsonNode done = forget(bob, "interaction", told);

      String id = done.path("id").asText();
      assertThat(done.path("state").asText()).isEqualTo("forgotten");
      assertThat(everything(ann, bob)).noneMatch(each -> each.contains("zqcorrection"));
      assertThat(bob.search(QUESTION)).isEmpty();
      assertThat(bob.get("/api/v1/experiences/" + item).status()).isEqualTo(404);
      assertThat(bob.get("/api/v1/experiences/" + item + "/versions").text())
          .doesNotContain("zqcorrection");
      String commits = bob.get("/api/v1/commits").text();
      for (JsonNode commit : Json.read(commits).path("items")) {
        assertThat(bob.get("/api/v1/commits/" + commit.path("id").asText()).text())
            .doesNotContain("zqcorrection");
        assertThat(bob.with("x-hone-pin", commit.path("id").asText()).ask(QUESTION).said())
            .as("an earlier state of the pool")
            .doesNotContain("zqcorrection");
      }
      assertThat(talk.chat(first).text()).as("the block is emptied").doesNotContain("zqcorrection");

      assertThat(undo(bob, id).path("state").asText()).isEqualTo("undone");
      bob.settle();

      List<String> after = everything(ann, bob);
      assertThat(after).containsAll(before);
      assertThat(bob.search(QUESTION)).hasSize(1);
      assertThat(talk.chat(first).said()).as("the block is back").contains("zqcorrection");
      assertThat(bob.post("/api/v1/forget/" + id + "/undo", "{}").status()).isEqualTo(409);
    }
  }

  @Test
  void aRollbackBringsNothingBackAndACommitBeforeItShowsNothing() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "forget.window=0s")) {
      HoneClient bob = bob(hone);
      tell(ann(hone));
      bob.settle();
      bob.teach(SHARED, DRAWER);
      bob.settle();
      String before = bob.list("commits").getFirst().path("id").asText();
      forget(bob, "user", PERSON);

      assertThat(bob.post("/api/v1/commits/" + before + "/restore", "{}").status()).isEqualTo(409);

      assertThat(bob.with("x-hone-pin", before).ask(QUESTION.replace("zqquestion ", "")).said())
          .doesNotContain("zqcorrection");
      assertThat(bob.list("experiences")).hasSize(1);
    }
    assertThat(traces()).isEmpty();
  }

  @Test
  void whatWasForgottenBeforeAKillIsDestroyedAfterTheRestart() throws Exception {
    try (HoneProcess first = HoneProcess.start(data, "--set", "forget.window=4s")) {
      HoneClient ann = first.client().key("ann").with("x-hone-session", SESSION);
      tell(ann);
      ann.settle();
      forget(ann, "session", SESSION);
      first.kill();
    }
    assertThat(traces()).isNotEmpty();
    try (HoneProcess second = HoneProcess.start(data)) {
      HoneClient client = second.client().key("ann");
      Await.until(
          "it is destroyed",
          () -> client.list("forget").getFirst().path("state").asText().equals("purged"));
      assertThat(traces()).isEmpty();
      assertThat(client.list("experiences").stream().map(JsonNode::toString))
          .noneMatch(each -> each.contains("zq"));
    }
  }

  @Test
  void anotherSpaceThatHoldsTheSameWordsIsUntouched() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "forget.window=0s")) {
      hone.client().post("/api/v1/spaces", Json.object("name", "other"));
      HoneClient there = ann(hone).space("other");
      tell(there);
      there.settle();
      tell(ann(hone));
      hone.client().settle();
      List<String> before = everything(there);

      forget(hone.client(), "session", SESSION);

      assertThat(everything(there)).isEqualTo(before);
      assertThat(there.ask(QUESTION).said()).contains("zqcorrection");
      assertThat(ann(hone).list("interactions")).isEmpty();
    }
  }

  @Test
  void whatOthersSaidIsLearnedAgainInTheirOwnWords() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "forget.window=0s", "episode.idle=1h")) {
      HoneClient ann = ann(hone);
      HoneClient bob = bob(hone);
      ann.teach("Which zqquestion lever closes the cooling loop of the rig?", "The lever V7.");
      ann.settle();
      bob.teach("Which lever closes the cooling loop of the rig?", "The lever V7.");
      bob.settle();
      assertThat(bob.list("experiences")).as("one item of both").hasSize(1);

      JsonNode plan = plan(bob, "session", SESSION);
      assertThat(plan.at("/items/0/fate").asText()).isEqualTo("rederived");
      assertThat(execute(bob, plan).status()).isEqualTo(200);
      bob.settle();

      List<JsonNode> items =
          bob.list("experiences").stream()
              .filter(each -> each.path("state").asText().equals("active"))
              .toList();
      assertThat(items).hasSize(1);
      assertThat(items.getFirst().path("when").asText())
          .isEqualTo("Which lever closes the cooling loop of the rig?");
      assertThat(items.getFirst().path("support").asInt()).isEqualTo(1);
    }
    assertThat(traces()).isEmpty();
  }

  @Test
  void whatArrivesLateIsRefusedAndAConversationSentAgainIsANewOne() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient ann = hone.client("ann");
      HoneClient.Answer first = ann.ask(QUESTION);
      String id = first.interaction();
      forget(ann, "interaction", id);

      HoneClient.Answer late =
          ann.post("/api/v1/feedback", Json.object("interaction_id", id, "correction", CORRECTION));
      assertThat(late.status()).isEqualTo(404);
      HoneClient.Answer again =
          ann.chat(
              Json.chatOf(
                  "hone-builtin",
                  Json.message("user", QUESTION),
                  Json.message("assistant", first.said()),
                  Json.message("user", "And now?")));

      JsonNode receipt = ann.receipt(again.interaction());
      assertThat(receipt.path("messages")).as("new words of the client").hasSize(3);
      assertThat(receipt.path("parent").isNull()).isTrue();
      assertThat(ann.receipt(id).path("messages")).isEmpty();
    }
  }

  @Test
  void aClientForgetsItsOwnACuratorEverybodysAndAnAdministratorAPrincipal() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "forget.window=1h")) {
      HoneClient admin = hone.client(hone.client().makeKey("admin", "*"));
      JsonNode key = admin.madeKey("client", "default");
      HoneClient ann = hone.client(key.path("key").asText());
      HoneClient eve = hone.client(admin.makeKey("client", "default"));
      HoneClient cora = hone.client(admin.makeKey("curator", "default"));
      String principal = key.path("id").asText();
      String told = tell(ann.with("x-hone-session", SESSION));

      assertThat(plan(eve, "interaction", told).at("/counts/interactions").asInt()).isZero();
      assertThat(plan(eve, "session", SESSION).at("/counts/interactions").asInt()).isZero();
      assertThat(plan(cora, "session", SESSION).at("/counts/interactions").asInt()).isEqualTo(1);
      assertThat(cora.post("/api/v1/forget", Json.object("principal", principal)).status())
          .isEqualTo(403);
      assertThat(plan(ann, "principal", principal).at("/counts/interactions").asInt()).isEqualTo(1);
      assertThat(plan(admin, "principal", principal).at("/counts/interactions").asInt())
          .isEqualTo(1);
      JsonNode planned = plan(ann, "session", SESSION);
      assertThat(execute(eve, planned).status()).as("a plan of somebody else").isEqualTo(404);
      assertThat(execute(ann, planned).status()).isEqualTo(200);
      assertThat(execute(ann, planned).status()).as("twice").isEqualTo(409);
      String id = planned.path("id").asText();
      assertThat(eve.list("forget")).isEmpty();
      assertThat(eve.get("/api/v1/forget/" + id).status()).isEqualTo(404);
      assertThat(eve.post("/api/v1/forget/" + id + "/undo", "{}").status()).isEqualTo(404);
      assertThat(cora.list("forget")).hasSize(1);
      undo(cora, id);
      assertThat(ann.receipt(told).path("messages")).isNotEmpty();
    }
  }

  @Test
  void aClientsWordsTakeOutNothingOfOthersNorTellOfIt() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "pool.quorum=1")) {
      HoneClient admin = hone.client(hone.client().makeKey("admin", "*"));
      HoneClient ann = hone.client(admin.makeKey("client", "default"));
      HoneClient eve = hone.client(admin.makeKey("client", "default"));
      String told = tell(ann);
      admin.settle();
      String item = ann.receipt(told).at("/learning/experiences/0").asText();
      assertThat(item).isNotEmpty();

      JsonNode hers = plan(eve, "query", "zqcorrection");
      assertThat(hers.path("items")).isEmpty();
      assertThat(hers.path("episodes")).isEmpty();
      assertThat(execute(eve, hers).status()).isEqualTo(200);

      assertThat(ann.item(item).path("content").asText()).contains("zqcorrection");
      assertThat(plan(ann, "query", "zqcorrection").path("items")).hasSize(1);
    }
  }

  @Test
  void whatWasForgottenLaterIsUndoneFirst() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient ann = ann(hone);
      String one = tell(ann);
      String other = tell(ann);
      String first = forget(ann, "interaction", one).path("id").asText();
      String second = forget(ann, "interaction", other).path("id").asText();

      HoneClient.Answer refused = ann.post("/api/v1/forget/" + first + "/undo", "{}");

      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.json().path("type").asText()).isEqualTo("/problems/forgotten-later");
      assertThat(refused.json().path("detail").asText()).contains(second);
      undo(ann, second);
      undo(ann, first);
    }
  }

  @Test
  void whoGivesAnItemAnotherTitleDoesNotKeepItsWords() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "forget.window=0s")) {
      HoneClient bob = bob(hone);
      String told = tell(ann(hone));
      bob.settle();
      String path =
          "/api/v1/experiences/" + ann(hone).receipt(told).at("/learning/experiences/0").asText();
      HoneClient.Answer retitled =
          bob.with("if-match", bob.get(path).header("etag"))
              .patch(path, Json.object("title", "The Kestrel rig"));
      assertThat(retitled.status()).as(retitled.text()).isEqualTo(200);
      assertThat(bob.get(path).json().path("evidence"))
          .anyMatch(each -> each.path("quote").asText().equals("The Kestrel rig"));

      forget(bob, "session", SESSION);

      assertThat(bob.get(path).status()).isEqualTo(404);
    }
    assertThat(traces()).isEmpty();
  }

  @Test
  void aPlanThatNoLongerHoldsIsAConflictAndBadInputIsNamed() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient ann = ann(hone);
      tell(ann);
      JsonNode plan = plan(ann, "session", SESSION);
      tell(ann);

      HoneClient.Answer stale = execute(ann, plan);
      assertThat(stale.status()).isEqualTo(409);
      assertThat(stale.json().path("type").asText()).isEqualTo("/problems/plan-outdated");
      assertThat(ann.list("interactions")).hasSize(2);
      assertThat(
              ann.post(
                      "/api/v1/forget/"
                          + plan(ann, "session", SESSION).path("id").asText()
                          + "/execute",
                      Json.object("token", "another"))
                  .status())
          .isEqualTo(400);
      for (String body :
          List.of(
              "{}",
              "{\"session\":\"a\",\"user\":\"b\"}",
              "{\"who\":\"a\"}",
              "{\"session\":\" \"}",
              "{\"query\":\"👍\"}")) {
        assertThat(ann.post("/api/v1/forget", body).status()).as(body).isEqualTo(400);
      }
      assertThat(ann.list("forget")).isEmpty();
    }
  }
}
