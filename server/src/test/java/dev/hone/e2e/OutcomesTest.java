package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of an answer, sooner or later, decides what is learned. */
class OutcomesTest {

  private static final String QUESTION = "At which pressure does the Kestrel pump run?";
  private static final String SAID = "The Kestrel pump runs at 40 bar.";
  private static final String RIGHT = "The Kestrel pump runs at 60 bar.";

  @TempDir Path data;
  private StubUpstream stub;
  private HoneFixture hone;
  private HoneClient ann;
  private HoneClient bob;

  @BeforeEach
  void start() throws Exception {
    stub = new StubUpstream(StubUpstream.says(SAID));
    hone = HoneFixture.start(data, "upstream.url=" + stub.url());
    ann = hone.client("key-of-ann");
    bob = hone.client("key-of-bob");
  }

  @AfterEach
  void stop() {
    hone.close();
    stub.close();
  }

  private JsonNode learning(String interaction) throws Exception {
    return learning(ann, interaction);
  }

  private static JsonNode learning(HoneClient client, String interaction) throws Exception {
    return client.receipt(interaction).path("learning");
  }

  @Test
  void aCorrectionAfterNothingWasLearnedMakesASecondRevisionThatIsLearnedFrom() throws Exception {
    String id = ann.chat(Json.chat("m", QUESTION)).interaction();
    ann.settle();
    assertThat(learning(id).path("status").asText()).isEqualTo("nothing-learned");
    assertThat(learning(id).path("revision").asInt()).isEqualTo(1);
    assertThat(learning(id).path("why").asText()).isNotBlank();
    String episode = learning(id).path("episode_id").asText();

    ann.correct(id, RIGHT);
    ann.settle();

    assertThat(learning(id).path("status").asText()).isEqualTo("distilled");
    assertThat(learning(id).path("revision").asInt()).isEqualTo(2);
    assertThat(learning(id).path("episode_id").asText()).isEqualTo(episode);
    assertThat(learning(id).path("experiences")).hasSize(1);
  }

  @Test
  void aCorrectionAfterPraiseRevisesTheItemThatThePraiseMade() throws Exception {
    String id = ann.chat(Json.chat("m", QUESTION)).interaction();
    ann.post("/api/v1/feedback", "{\"interaction_id\":\"" + id + "\",\"value\":true}");
    ann.settle();
    JsonNode praised = ann.list("experiences").getFirst();
    assertThat(praised.path("content").asText()).isEqualTo(SAID);
    bob.chat(Json.chat("m", QUESTION));
    assertThat(stub.last().asked()).contains(SAID);

    ann.correct(id, RIGHT);
    ann.settle();

    List<JsonNode> items = ann.list("experiences");
    assertThat(items).hasSize(1);
    assertThat(items.getFirst().path("id").asText()).isEqualTo(praised.path("id").asText());
    assertThat(items.getFirst().path("version").asInt())
        .isGreaterThan(praised.path("version").asInt());
    assertThat(items.getFirst().path("content").asText()).isEqualTo(RIGHT);
    assertThat(learning(id).path("revision").asInt()).isEqualTo(2);
    bob.chat(Json.chat("m", QUESTION));
    assertThat(stub.last().asked()).contains(RIGHT).doesNotContain(SAID);
  }

  @Test
  void aContradictionWithoutOutcomeIsACandidateThatOnlyItsOwnPrincipalIsShown() throws Exception {
    ann.chat(Json.chat("m", QUESTION));
    String second =
        ann.chat(
                Json.chatOf(
                    "m",
                    Json.message("user", QUESTION),
                    Json.message("assistant", SAID),
                    Json.message("user", "No, it runs at 75 bar since the spring.")))
            .interaction();
    ann.settle();

    JsonNode item = ann.list("experiences").getFirst();
    String id = item.path("id").asText();
    assertThat(item.path("state").asText()).isEqualTo("candidate");
    assertThat(item.path("content").asText()).isEqualTo("it runs at 75 bar since the spring.");
    assertThat(learning(second).path("experiences").path(0).asText()).isEqualTo(id);

    assertThat(ann.chat(Json.chat("m", QUESTION)).header("x-hone-experiences")).isEqualTo(id);
    assertThat(bob.chat(Json.chat("m", QUESTION)).mode()).isEqualTo("nothing-relevant");
    assertThat(bob.search(QUESTION)).isEmpty();
    assertThat(bob.list("experiences")).isEmpty();
    assertThat(bob.get("/api/v1/experiences/" + id).status()).isEqualTo(404);
    assertThat(hone.client().search(QUESTION)).as("nor anybody without a key").isEmpty();

    String commit = ann.list("commits").getFirst().path("id").asText();
    ann.post("/api/v1/commits/" + commit + "/restore", "{\"before\":true}");
    assertThat(ann.get("/api/v1/experiences/" + id).status()).isEqualTo(200);
    assertThat(bob.get("/api/v1/experiences/" + id).status()).as("withdrawn").isEqualTo(404);
  }

  @Test
  void whatHonePutIntoThePromptIsNoEvidenceWhenTheModelRepeatsIt() throws Exception {
    ann.teach(QUESTION, RIGHT);
    ann.settle();
    stub.script(StubUpstream.says(RIGHT));
    HoneClient.Answer echoed = bob.chat(Json.chat("m", QUESTION));
    assertThat(echoed.mode()).isEqualTo("augmented");

    bob.post(
        "/api/v1/feedback", "{\"interaction_id\":\"" + echoed.interaction() + "\",\"value\":1}");
    bob.settle();

    assertThat(learning(bob, echoed.interaction()).path("status").asText())
        .isEqualTo("nothing-learned");
    assertThat(ann.list("experiences")).hasSize(1);
    assertThat(ann.list("experiences").getFirst().path("support").asInt()).isEqualTo(1);
  }

  @Test
  void noLineThatTheModelAddsMakesAnEchoAnItem() throws Exception {
    ann.teach(QUESTION, RIGHT);
    ann.settle();
    stub.script(StubUpstream.says(RIGHT + "\nConfidence: 1.00"));
    HoneClient.Answer echoed = bob.chat(Json.chat("m", QUESTION));
    bob.post(
        "/api/v1/feedback", "{\"interaction_id\":\"" + echoed.interaction() + "\",\"value\":1}");
    bob.settle();

    assertThat(learning(bob, echoed.interaction()).path("status").asText())
        .isEqualTo("nothing-learned");
    assertThat(ann.list("experiences")).hasSize(1);
  }

  @Test
  void aJudgementThatIsTakenBackTakesBackWhatItTaught() throws Exception {
    String id = ann.chat(Json.chat("m", QUESTION)).interaction();
    String judged = "{\"interaction_id\":\"" + id + "\",\"value\":";
    ann.post("/api/v1/feedback", judged + "true}");
    ann.settle();
    assertThat(learning(id).path("status").asText()).isEqualTo("distilled");

    ann.post("/api/v1/feedback", judged + "false}");
    ann.settle();
    assertThat(learning(id).path("status").asText()).isEqualTo("nothing-learned");
    assertThat(learning(id).path("revision").asInt()).isEqualTo(2);
    assertThat(learning(id).path("why").asText()).contains("nobody");
    assertThat(bob.search(QUESTION)).isEmpty();
  }

  @Test
  void aLessonThatWasShownSinceSurvivesFurtherPraise() throws Exception {
    stub.script(StubUpstream.says(RIGHT));
    String id = ann.chat(Json.chat("m", QUESTION)).interaction();
    String praise = "{\"interaction_id\":\"" + id + "\",\"value\":true}";
    ann.post("/api/v1/feedback", praise);
    ann.settle();
    assertThat(learning(id).path("status").asText()).isEqualTo("distilled");
    assertThat(ann.chat(Json.chat("m", QUESTION)).mode()).isEqualTo("augmented");

    ann.post("/api/v1/feedback", praise);
    ann.settle();
    assertThat(learning(id).path("revision").asInt()).isEqualTo(2);
    assertThat(learning(id).path("status").asText()).isEqualTo("distilled");
  }

  @Test
  void whatSomebodyElseAskedIsNotThere() throws Exception {
    String id = ann.chat(Json.chat("m", QUESTION)).interaction();
    ann.settle();
    String episode = learning(id).path("episode_id").asText();

    assertThat(ann.get("/api/v1/episodes/" + episode).status()).isEqualTo(200);
    assertThat(bob.get("/api/v1/interactions/" + id).status()).isEqualTo(404);
    assertThat(bob.list("interactions")).isEmpty();
    assertThat(bob.get("/api/v1/episodes/" + episode).status()).isEqualTo(404);
    assertThat(bob.list("episodes")).isEmpty();
    assertThat(bob.post("/api/v1/episodes/" + episode + "/end", "{}").status()).isEqualTo(404);
  }

  @Test
  void feedbackForAnInteractionThatIsNotThereIsRefused() throws Exception {
    HoneClient.Answer answer =
        ann.post("/api/v1/feedback", Json.object("interaction_id", "nope", "correction", "x"));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("detail").asText()).contains("'nope'");

    HoneClient.Answer elsewhere =
        ann.post("/api/v1/feedback", Json.object("episode_id", "nope", "correction", "x"));
    assertThat(elsewhere.status()).isEqualTo(404);
  }
}
