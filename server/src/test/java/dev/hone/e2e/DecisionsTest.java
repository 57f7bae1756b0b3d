package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everybody can see what was decided about what they said, and what it has to do with the rest. */
class DecisionsTest {

  private static final String QUESTION = "How do I close the cooling loop of the Kestrel rig?";
  private static final String EDITED =
      "How do I usually close the cooling loop of the Kestrel rig?";

  @TempDir Path data;
  private HoneFixture hone;
  private HoneClient ann;
  private HoneClient bob;

  @BeforeEach
  void start() throws Exception {
    hone = HoneFixture.start(data);
    ann = hone.client("key-of-ann");
    bob = hone.client("key-of-bob");
  }

  @AfterEach
  void stop() {
    hone.close();
  }

  private JsonNode learned(HoneClient client, String question, String correction) throws Exception {
    String interaction = client.teach(question, correction);
    client.settle();
    return client.receipt(interaction).path("learning");
  }

  private static String item(JsonNode learning) {
    assertThat(learning.path("experiences")).hasSize(1);
    return learning.at("/experiences/0").asText();
  }

  @Test
  void anEditedQuestionWithTheSameAnswerIsTheSameItem() throws Exception {
    String item = item(learned(ann, QUESTION, "Turn the red lever V7 twice."));
    JsonNode second = learned(bob, EDITED, "Turn the red lever V7 twice.");

    assertThat(item(second)).isEqualTo(item);
    JsonNode decisions =
        bob.get("/api/v1/episodes/" + second.path("episode_id").asText()).json().path("decisions");
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).path("decision").asText()).isEqualTo("reinforce");
    assertThat(decisions.get(0).path("reason").asText()).startsWith("says the same, similarity 0.");
    assertThat(
            ann.get("/api/v1/experiences/" + item + "/decisions")
                .json()
                .findValuesAsText("decision"))
        .containsExactly("reinforce", "add_new");
    assertThat(
            ann.get("/api/v1/experiences/" + item + "/decisions?limit=1&cursor=1")
                .json()
                .findValuesAsText("decision"))
        .containsExactly("add_new");
  }

  @Test
  void anotherAnswerToTheSameQuestionIsLinkedAsAContradiction() throws Exception {
    String one = item(learned(ann, QUESTION, "Turn the red lever V7 twice."));
    String other = item(learned(bob, EDITED, "Turn the blue lever V9 once."));

    assertThat(other).isNotEqualTo(one);
    JsonNode links = ann.item(one).path("links");
    assertThat(links.findValuesAsText("id")).containsExactly(other);
    assertThat(links.findValuesAsText("relation")).containsExactly("contradicts");
    assertThat(links.get(0).path("similarity").asDouble()).isBetween(0.8, 1.0);
    assertThat(bob.item(other).path("links").findValuesAsText("id")).containsExactly(one);
  }

  @Test
  void whyNothingWasLearnedIsToldInTheReceiptAndInTheEpisode() throws Exception {
    String interaction = ann.ask(QUESTION).interaction();
    ann.settle();
    JsonNode learning = ann.receipt(interaction).path("learning");

    assertThat(learning.path("status").asText()).isEqualTo("nothing-learned");
    JsonNode decisions =
        ann.get("/api/v1/episodes/" + learning.path("episode_id").asText())
            .json()
            .path("decisions");
    assertThat(decisions.findValuesAsText("decision")).containsExactly("discard");
    assertThat(decisions.findValuesAsText("reason")).containsExactly(learning.path("why").asText());
  }
}
