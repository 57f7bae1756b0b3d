package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A language model distills, and Hone checks what it says. */
class LearningModelTest {

  private static final String QUESTION = "How do I close the cooling loop of the Kestrel rig?";
  private static final String CORRECTION = "Turn the red lever V7 twice.";
  private static final String GOOD = lesson("red lever V7");
  private static final String BAD = "I would say: lever V7, but I forgot the format.";

  @TempDir Path data;
  private StubUpstream teacher;
  private HoneFixture hone;
  private HoneClient client;

  @BeforeEach
  void start() throws Exception {
    teacher = new StubUpstream(StubUpstream.says(GOOD));
    hone =
        HoneFixture.start(
            data,
            "learning.url=" + teacher.url(),
            "learning.model=teacher-1",
            "learning.key=sk-teacher",
            "learning.pause=200ms");
    client = hone.client();
  }

  @AfterEach
  void stop() {
    hone.close();
    teacher.close();
  }

  private static String lesson(String quote) {
    return """
    {"thoughts": "nobody knew",
     "items": [{"title": "Closing the loop", "when": "closing the cooling loop of a rig",
                "content": "The loop is closed by two turns of lever V7.",
                "kind": "procedure", "type": "general",
                "evidence": [{"interaction": 1, "role": "outcome", "quote": "QUOTE"}]}]}
    """
        .replace("QUOTE", quote);
  }

  private JsonNode learned(String id) throws Exception {
    client.settle();
    return client.receipt(id).path("learning");
  }

  @Test
  void whatItDistillsBecomesAnItemWithItsQuoteAsEvidence() throws Exception {
    String id = client.teach(QUESTION, CORRECTION);

    assertThat(learned(id).path("status").asText()).isEqualTo("distilled");

    JsonNode item = client.item(learned(id).at("/experiences/0").asText());
    assertThat(item.path("title").asText()).isEqualTo("Closing the loop");
    assertThat(item.path("kind").asText()).isEqualTo("procedure");
    assertThat(item.path("state").asText()).isEqualTo("active");
    assertThat(item.path("evidence")).hasSize(1);
    assertThat(item.at("/evidence/0/quote").asText()).isEqualTo("red lever V7");
    assertThat(item.at("/evidence/0/role").asText()).isEqualTo("outcome");
    assertThat(item.at("/evidence/0/interaction_id").asText()).isEqualTo(id);
    assertThat(client.ask(QUESTION).said()).contains("two turns of lever V7");
    assertThat(teacher.received()).hasSize(1);
  }

  @Test
  void itIsGivenTheVersionedInstructionsAndTheEpisode() throws Exception {
    learned(client.teach(QUESTION, CORRECTION));

    StubUpstream.Received asked = teacher.last();
    assertThat(asked.target()).isEqualTo("/v1/chat/completions");
    assertThat(asked.headers().getFirst("Authorization")).isEqualTo("Bearer sk-teacher");
    assertThat(asked.json().path("model").asText()).isEqualTo("teacher-1");
    assertThat(asked.json().at("/messages/0/role").asText()).isEqualTo("system");
    assertThat(asked.json().at("/messages/0/content").asText())
        .startsWith(prompt("rules"))
        .contains("- general: ")
        .endsWith(prompt("failure"));
    assertThat(asked.asked())
        .contains("user: " + QUESTION)
        .contains("assistant: I don't know.")
        .contains("outcome: " + CORRECTION);
  }

  private String prompt(String part) throws Exception {
    try (InputStream prompt =
        getClass().getResourceAsStream("/prompts/distill/v2/" + part + ".md")) {
      return new String(prompt.readAllBytes(), UTF_8);
    }
  }

  @Test
  void anAnswerThatCannotBeReadIsSentBackOnceWithTheReason() throws Exception {
    teacher.script(StubUpstream.inTurn(StubUpstream.says(BAD), StubUpstream.says(GOOD)));
    String id = client.teach(QUESTION, CORRECTION);

    assertThat(learned(id).path("status").asText()).isEqualTo("distilled");

    assertThat(teacher.received()).hasSize(2);
    assertThat(teacher.last().asked())
        .contains(QUESTION)
        .contains("there is no JSON object in it")
        .contains(BAD);
  }

  @Test
  void twoAnswersThatCannotBeReadFailTheEpisode() throws Exception {
    teacher.script(StubUpstream.says(BAD));
    String id = client.teach(QUESTION, CORRECTION);

    assertThat(learned(id).path("status").asText()).isEqualTo("failed");

    assertThat(learned(id).path("why").asText()).isEqualTo("there is no JSON object in it");
    assertThat(teacher.received()).hasSize(2);
    assertThat(client.list("experiences")).isEmpty();
    List<JsonNode> failed = client.list("episodes?state=failed");
    assertThat(failed).hasSize(1);
    assertThat(failed.getFirst().path("note").asText()).isEqualTo("there is no JSON object in it");
    assertThat(client.get("/api/v1/learning").json().path("failed").asInt()).isEqualTo(1);
  }

  @Test
  void theAnswerThatFailedAnEpisodeIsKeptAndShown() throws Exception {
    teacher.script(StubUpstream.says(BAD));
    learned(client.teach(QUESTION, CORRECTION));

    assertThat(client.list("episodes?state=failed").getFirst().path("raw").asText()).isEqualTo(BAD);
  }

  @Test
  void aFailedEpisodeIsTriedAgainWhenMoreIsSaidOfIt() throws Exception {
    teacher.script(StubUpstream.says(BAD));
    String id = client.teach(QUESTION, CORRECTION);
    learned(id);
    teacher.script(StubUpstream.says(GOOD));

    client.correct(id, CORRECTION);

    assertThat(learned(id).path("status").asText()).isEqualTo("distilled");
    assertThat(learned(id).path("revision").asInt()).isEqualTo(2);
    assertThat(client.list("episodes?state=failed")).isEmpty();
  }

  @Test
  void aQuoteThatNobodySaidIsRejected() throws Exception {
    teacher.script(StubUpstream.says(lesson("green lever V9")));
    String id = client.teach(QUESTION, CORRECTION);

    JsonNode learning = learned(id);

    assertThat(learning.path("status").asText()).isEqualTo("nothing-learned");
    assertThat(learning.path("why").asText())
        .isEqualTo("Closing the loop: unsupported quote: \"green lever V9\"");
    assertThat(client.list("experiences")).isEmpty();
    assertThat(client.list("commits")).isEmpty();
  }

  @Test
  void nothingToLearnIsANormalResult() throws Exception {
    teacher.script(StubUpstream.says("{\"items\":[],\"nothing\":\"small talk\"}"));
    String id = client.teach(QUESTION, CORRECTION);

    assertThat(learned(id).path("status").asText()).isEqualTo("nothing-learned");
    assertThat(learned(id).path("why").asText()).isEqualTo("small talk");
  }

  @Test
  void aModelThatIsRateLimitedOrDownIsAskedAgainLater() throws Exception {
    teacher.script(
        StubUpstream.inTurn(
            StubUpstream.json(429, "{\"error\":{\"message\":\"slow down\"}}"),
            StubUpstream.json(503, "{\"error\":{\"message\":\"overloaded\"}}"),
            StubUpstream.says(GOOD)));
    String id = client.teach(QUESTION, CORRECTION);

    assertThat(learned(id).path("status").asText()).isEqualTo("distilled");

    assertThat(teacher.received()).hasSize(3);
    assertThat(client.list("commits")).hasSize(1);
    assertThat(client.get("/metrics").text()).contains("hone_episodes_total{result=\"later\"} 2.0");
  }
}
