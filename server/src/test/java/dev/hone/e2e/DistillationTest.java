package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a request through the gateway to what is learned from it, with a learning model that behaves
 * as a test says: it succeeds, breaks the form, refuses, is slow, is rate-limited, costs too much,
 * or invents quotes.
 */
class DistillationTest {

  private static final String QUESTION = "How do I close the cooling loop of the Kestrel rig?";
  private static final String POLITE =
      "How do I close the cooling loop of the Kestrel rig, please?";
  private static final String CORRECTION = "Turn the red lever V7 twice.";
  private static final String UUID = "(?is).*\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b.*";

  @TempDir Path data;
  private StubUpstream teacher;
  private HoneFixture hone;
  private HoneClient client;

  @BeforeEach
  void teach() throws Exception {
    teacher = new StubUpstream(StubUpstream.says(item("outcome", "red lever V7")));
  }

  private void start(String... settings) {
    List<String> all =
        new ArrayList<>(List.of("learning.url=" + teacher.url(), "learning.model=teacher-1"));
    all.addAll(List.of(settings));
    hone = HoneFixture.start(data, all.toArray(String[]::new));
    client = hone.client("key-of-ann");
  }

  @AfterEach
  void stop() {
    hone.close();
    teacher.close();
  }

  private static String item(String role, String quote) {
    return """
    {"thoughts": "as the outcome says",
     "items": [{"title": "Closing the loop", "when": "closing the cooling loop of a rig",
                "content": "The loop is closed by two turns of lever V7.",
                "kind": "procedure", "type": "general",
                "evidence": [{"interaction": 1, "role": "ROLE", "quote": "QUOTE"}]}]}
    """
        .replace("ROLE", role)
        .replace("QUOTE", quote);
  }

  private void judge(String interaction, boolean good) throws Exception {
    HoneClient.Answer taken =
        client.post(
            "/api/v1/feedback",
            "{\"interaction_id\":\"" + interaction + "\",\"value\":" + good + "}");
    assertThat(taken.status()).as(taken.text()).isEqualTo(201);
  }

  /** Asked through the gateway, answered wrongly, corrected. */
  private String corrected() throws Exception {
    String id = client.ask(QUESTION).interaction();
    client.correct(id, CORRECTION);
    return id;
  }

  private JsonNode learning(String interaction) throws Exception {
    return client.receipt(interaction).path("learning");
  }

  private JsonNode learned(String interaction) throws Exception {
    client.settle();
    return learning(interaction);
  }

  private static String told(StubUpstream.Received asked) {
    return asked.json().at("/messages/0/content").asText();
  }

  private JsonNode today() throws Exception {
    return client.get("/api/v1/stats").json().path("learning_today");
  }

  @Test
  void aSuccessIsAskedWhyItSucceeded() throws Exception {
    start();
    teacher.script(StubUpstream.says(item("user", "close the cooling loop")));
    String id = client.ask(QUESTION).interaction();
    judge(id, true);

    assertThat(learned(id).path("status").asText()).isEqualTo("distilled");

    assertThat(told(teacher.last())).contains("This episode went well", "why it succeeded");
    assertThat(teacher.last().asked()).contains("user: " + QUESTION, "outcome: correct=1.0");
    JsonNode item = client.item(learning(id).at("/experiences/0").asText());
    assertThat(item.at("/evidence/0/quote").asText()).isEqualTo("close the cooling loop");
    assertThat(item.path("state").asText()).as("the outcome is not quoted").isEqualTo("candidate");
  }

  @Test
  void aFailureIsAskedWhyItFailed() throws Exception {
    start();
    String id = corrected();

    assertThat(learned(id).path("status").asText()).isEqualTo("distilled");

    assertThat(told(teacher.last())).contains("This episode went badly", "why it failed");
    assertThat(client.item(learning(id).at("/experiences/0").asText()).path("state").asText())
        .isEqualTo("active");
    assertThat(client.ask(QUESTION).said()).contains("two turns of lever V7");
    assertThat(today().path("calls").asInt()).isEqualTo(1);
    assertThat(today().path("tokens").asInt()).as("as the model says").isEqualTo(2);
  }

  @Test
  void goodAndBadInOneConversationAreAskedForApart() throws Exception {
    start();
    HoneClient session = client.with("x-hone-session", "s-1");
    String first = session.ask(QUESTION).interaction();
    String second = session.ask("And how do I open it again?").interaction();
    client.correct(first, CORRECTION);
    judge(second, true);

    assertThat(learned(first).path("status").asText()).isEqualTo("distilled");

    assertThat(told(teacher.last())).contains("partly well and partly badly");
    assertThat(teacher.last().asked()).contains("Interaction 1 (", "Interaction 2 (");
  }

  @Test
  void severalAttemptsAtOneTaskAreContrasted() throws Exception {
    start();
    String failed = client.ask(QUESTION).interaction();
    String succeeded = client.ask(POLITE).interaction();
    client.correct(failed, CORRECTION);
    judge(succeeded, true);

    assertThat(learned(failed).path("status").asText()).isEqualTo("distilled");

    assertThat(told(teacher.last())).contains("several attempts at one task", "first differed");
    assertThat(teacher.last().asked()).contains(", attempt 1)", ", attempt 2)");
  }

  @Test
  void whatNobodyJudgedIsAskedForWhatWasEstablished() throws Exception {
    start();
    teacher.script(StubUpstream.says("{\"items\":[],\"nothing\":\"only a question\"}"));
    String id = client.ask(QUESTION).interaction();

    assertThat(learned(id).path("why").asText()).isEqualTo("only a question");
    assertThat(told(teacher.last())).contains("Nobody judged");
  }

  @Test
  void aMalformedAnswerIsRepairedOnce() throws Exception {
    start();
    String cut = item("outcome", "red lever V7").substring(0, 120);
    teacher.script(
        StubUpstream.inTurn(
            StubUpstream.says(cut),
            StubUpstream.says("Sorry:\n```json\n" + item("outcome", "red lever V7") + "```")));
    String id = corrected();

    assertThat(learned(id).path("status").asText()).isEqualTo("distilled");

    assertThat(teacher.received()).hasSize(2);
    assertThat(told(teacher.last())).isEqualTo(told(teacher.received().getFirst()));
    assertThat(teacher.last().asked())
        .startsWith(teacher.received().getFirst().asked())
        .contains("it is not valid JSON");
    assertThat(today().path("calls").asInt()).as("the repair counts").isEqualTo(2);
  }

  private void becomesADeadLetter(String raw, String why, int asked) throws Exception {
    String id = corrected();

    JsonNode learning = learned(id);

    assertThat(learning.path("status").asText()).isEqualTo("failed");
    assertThat(learning.path("why").asText()).contains(why);
    JsonNode episode = client.list("episodes?state=failed").getFirst();
    assertThat(episode.path("raw").asText()).isEqualTo(raw);
    assertThat(client.list("experiences")).isEmpty();
    assertThat(client.list("commits")).isEmpty();
    assertThat(teacher.received()).hasSize(asked);
  }

  @Test
  void anAnswerThatStaysMalformedIsKeptAsADeadLetter() throws Exception {
    start();
    teacher.script(StubUpstream.says("{\"items\": \"none\"}"));

    becomesADeadLetter("{\"items\": \"none\"}", "'items' is not a list", 2);
  }

  @Test
  void aModelThatRefusesInWordsMakesADeadLetter() throws Exception {
    start();
    teacher.script(StubUpstream.says("I'm sorry, but I can't help with that."));

    becomesADeadLetter("I'm sorry, but I can't help with that.", "there is no JSON object", 2);
  }

  @Test
  void aModelThatRefusesAsItsProtocolSaysMakesADeadLetter() throws Exception {
    start();
    teacher.script(
        StubUpstream.json(
            200,
            "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":["
                + "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"refusal\":\"I"
                + " will not.\"},\"finish_reason\":\"stop\"}]}"));

    becomesADeadLetter("I will not.", "there is no JSON object", 2);
  }

  @Test
  void aRequestThatTheModelDoesNotTakeMakesADeadLetterAtOnce() throws Exception {
    start();
    teacher.script(StubUpstream.json(400, "{\"error\":{\"message\":\"too long\"}}"));

    becomesADeadLetter("", "does not take the request: it answers with HTTP status 400", 1);
  }

  @Test
  void aDeadLetterCanBeDistilledAgain() throws Exception {
    start();
    teacher.script(StubUpstream.says("Hm."));
    String id = corrected();
    String episode = learned(id).path("episode_id").asText();
    teacher.script(StubUpstream.says(item("outcome", "red lever V7")));

    HoneClient.Answer queued = client.post("/api/v1/episodes/" + episode + "/distill", "{}");

    assertThat(queued.status()).isEqualTo(202);
    assertThat(queued.json().path("result").asText()).isEqualTo("queued");
    assertThat(queued.json().path("revision").asInt()).isEqualTo(2);
    assertThat(learned(id).path("status").asText()).isEqualTo("distilled");
    assertThat(learning(id).path("revision").asInt()).isEqualTo(2);
  }

  @Test
  void aModelThatIsTooSlowIsAskedAgainLater() throws Exception {
    start("learning.timeout=3s", "learning.pause=100ms");
    CountDownLatch never = new CountDownLatch(1);
    teacher.script(
        StubUpstream.inTurn(
            (request, exchange) -> never.await(60, TimeUnit.SECONDS),
            StubUpstream.says(item("outcome", "red lever V7"))));
    String id = corrected();

    assertThat(learned(id).path("status").asText()).isEqualTo("distilled");

    assertThat(teacher.received()).hasSizeGreaterThan(1);
    assertThat(client.list("commits")).hasSize(1);
    assertThat(client.get("/metrics").text()).contains("hone_episodes_total{result=\"later\"}");
    never.countDown();
  }

  @Test
  void aModelThatTricklesIsTooSlowToo() throws Exception {
    start("learning.timeout=1s", "learning.pause=1h");
    CountDownLatch never = new CountDownLatch(1);
    teacher.script(
        (request, exchange) -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          never.await(60, TimeUnit.SECONDS);
        });
    String id = corrected();
    client.post("/api/v1/learning/settle", "{\"timeout_seconds\":1}");

    Await.until(
        "it waits for the model",
        () -> learning(id).path("why").asText().contains("no whole answer within"));
    assertThat(learning(id).path("status").asText()).isEqualTo("in-episode");
    never.countDown();
  }

  @Test
  void aModelThatSaysWhenToAskAgainIsAskedThen() throws Exception {
    start("learning.pause=1h");
    teacher.script(
        StubUpstream.inTurn(
            StubUpstream.json(429, "{\"error\":{}}", "Retry-After", "1"),
            StubUpstream.json(503, "{\"error\":{}}", "retry-after-ms", "300"),
            StubUpstream.says(item("outcome", "red lever V7"))));
    String id = corrected();

    assertThat(learned(id).path("status").asText()).isEqualTo("distilled");
    assertThat(teacher.received()).hasSize(3);
  }

  @Test
  void aModelThatIsRateLimitedIsNotAskedForTheNextEpisodes() throws Exception {
    start("learning.pause=1h");
    teacher.script(StubUpstream.json(429, "{\"error\":{}}"));
    for (String question :
        List.of("How many legs?", "Where is the fuse?", "Who paints boats?", "Why is it wet?")) {
      client.correct(client.ask(question).interaction(), CORRECTION);
    }
    client.post("/api/v1/learning/settle", "{\"timeout_seconds\":1}");

    Await.until(
        "all wait",
        () ->
            client.list("episodes?state=closed").stream()
                    .filter(each -> each.path("note").asText().startsWith("rate limited"))
                    .count()
                == 4);
    assertThat(teacher.received()).hasSize(1);
    assertThat(client.get("/metrics").text())
        .as("one hears so, the others are put off with it")
        .contains("hone_episodes_total{result=\"waits\"} 1.0");
  }

  @Test
  void aModelThatInventsQuotesTeachesNothing() throws Exception {
    start();
    teacher.script(StubUpstream.says(item("outcome", "green lever V9")));
    String id = corrected();

    assertThat(learned(id).path("status").asText()).isEqualTo("nothing-learned");
    assertThat(learning(id).path("why").asText())
        .isEqualTo("Closing the loop: unsupported quote: \"green lever V9\"");
    assertThat(client.list("experiences")).isEmpty();
    assertThat(today().path("calls").asInt()).isEqualTo(1);
  }

  @Test
  void aQuoteOfAnotherRoleIsInvented() throws Exception {
    start();
    teacher.script(StubUpstream.says(item("user", "red lever V7")));

    assertThat(learned(corrected()).path("why").asText()).contains("unsupported quote");
  }

  @Test
  void whenTheDaysTokensAreSpentLearningWaitsAndLosesNothing() throws Exception {
    start("learning.tokens=2");
    String first = corrected();
    assertThat(learned(first).path("status").asText()).isEqualTo("distilled");
    String second = client.ask("Where is the spare fuse kept?").interaction();
    client.correct(second, "The red lever V7 hides it.");
    client.post("/api/v1/learning/settle", "{\"timeout_seconds\":1}");

    Await.until(
        "the second one waits",
        () -> learning(second).path("why").asText().contains("the budget of 2 tokens a day"));

    JsonNode waiting = learning(second);
    assertThat(waiting.path("status").asText()).isEqualTo("in-episode");
    assertThat(waiting.path("episode_state").asText()).isEqualTo("closed");
    assertThat(client.list("episodes?state=closed").getFirst().path("note").asText())
        .contains("learning goes on at");
    assertThat(teacher.received()).hasSize(1);
    assertThat(today().path("tokens").asInt()).isEqualTo(2);
    assertThat(client.get("/metrics").text()).contains("hone_learning_tokens_total 2.0");

    hone.close();
    start("learning.tokens=100");
    client.post("/api/v1/episodes/" + waiting.path("episode_id").asText() + "/distill", "{}");
    assertThat(learned(second).path("status").asText()).isEqualTo("distilled");
  }

  @Test
  void whenTheDaysProcessorTimeIsSpentTheBuiltInDistillerWaitsToo() throws Exception {
    hone = HoneFixture.start(data, "learning.cpu=1ms");
    client = hone.client("key-of-ann");
    List<String> taught = new ArrayList<>();
    Await.until(
        "the time is spent",
        () -> {
          taught.add(client.teach("What does lamp L" + taught.size() + " mean?", "A fault."));
          client.post("/api/v1/learning/settle", "{\"timeout_seconds\":1}");
          return learning(taught.getLast())
              .path("why")
              .asText()
              .contains("of processor time a day");
        });

    assertThat(learning(taught.getFirst()).path("status").asText()).isEqualTo("distilled");
    assertThat(today().path("cpu_millis").asInt()).isPositive();
    assertThat(today().path("calls").asInt()).isZero();
  }

  @Test
  void condensingIsChargedToTheSameBudget() throws Exception {
    start("learning.tokens=4", "pool.admission=false", "refine.growth=0", "refine.every=0s");
    for (String question : List.of(QUESTION, "Where is the spare fuse kept?")) {
      client.correct(client.ask(question).interaction(), CORRECTION);
      client.settle();
    }
    assertThat(client.list("experiences")).hasSize(2);

    JsonNode groups = client.post("/api/v1/refinements", "{}").json().path("groups");

    assertThat(groups).hasSize(1);
    assertThat(groups.at("/0/proof").asText())
        .startsWith("waits for the next pass: the budget of 4 tokens a day is spent");
    assertThat(teacher.received()).hasSize(2);
  }

  @Test
  void theInstructionsAreTheSameForAllOfAKindAndNoIdsAreTold() throws Exception {
    start("types.rigs=machines and their parts", "types.other=the rest");
    List<String> questions =
        List.of(QUESTION, "Where is the spare fuse kept?", "Who may paint the boats?");
    for (String question : questions) {
      client.correct(client.ask(question).interaction(), CORRECTION);
      client.settle();
    }
    String good = client.ask("What colour has lamp L3?").interaction();
    judge(good, true);
    client.settle();

    List<String> told = teacher.received().stream().map(DistillationTest::told).toList();
    assertThat(told).hasSize(4);
    assertThat(told.subList(0, 3)).containsOnly(told.getFirst());
    assertThat(told.getFirst()).contains("- other: the rest\n- rigs: machines and their parts\n");
    String common = told.getFirst().substring(0, told.getFirst().indexOf("\nThis episode"));
    assertThat(common).contains("Types:");
    assertThat(told.getLast()).startsWith(common).isNotEqualTo(told.getFirst());
    assertThat(teacher.received()).allSatisfy(asked -> assertThat(asked.text()).doesNotMatch(UUID));
  }
}
