package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story that Hone is for, from the first wrong answer to going back and forth in the pool. */
class StoryTest {

  private static final String QUESTION = "How do I close the cooling loop of the Kestrel rig?";
  private static final String OTHERWISE = "The Kestrel rig: how is its cooling loop closed?";
  private static final String CORRECTION = "Turn the red lever V7 twice.";

  @TempDir Path data;

  @Test
  void whatOneClientCorrectsAllClientsKnowUntilItIsTakenBack() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient ann = hone.client("key-of-ann");
      HoneClient bob = hone.client("key-of-bob");

      HoneClient.Answer wrong = ann.ask(QUESTION);
      assertThat(wrong.said()).startsWith("I don't know.");
      assertThat(wrong.mode()).isEqualTo("nothing-relevant");
      assertThat(bob.ask(OTHERWISE).said()).startsWith("I don't know.");

      ann.correct(wrong.interaction(), CORRECTION);
      ann.settle();
      String item = learned(ann, wrong.interaction());

      HoneClient.Answer right = bob.ask(OTHERWISE);
      assertThat(right.said()).startsWith(CORRECTION);
      assertThat(right.mode()).isEqualTo("augmented");
      assertThat(right.header("x-hone-experiences")).isEqualTo(item);

      JsonNode commit = ann.list("commits").getFirst();
      assertThat(commit.path("kind").asText()).isEqualTo("distill");
      restore(ann, commit.path("id").asText(), true);
      HoneClient.Answer again = bob.ask(OTHERWISE);
      assertThat(again.said()).startsWith("I don't know.");
      assertThat(again.mode()).isEqualTo("nothing-relevant");
      assertThat(ann.item(item).path("state").asText()).isEqualTo("withdrawn");

      restore(ann, commit.path("id").asText(), false);
      HoneClient.Answer atLast = bob.ask(OTHERWISE);
      assertThat(atLast.said()).startsWith(CORRECTION);
      assertThat(atLast.header("x-hone-experiences")).isEqualTo(item);
      assertThat(ann.list("commits"))
          .extracting(each -> each.path("kind").asText())
          .filteredOn(kind -> !kind.equals("distill"))
          .as("going back and forth are commits too")
          .hasSize(2);
      assertThat(ann.item(item).path("evidence")).as("evidence came back too").hasSize(2);
    }
  }

  private static String learned(HoneClient client, String interaction) throws Exception {
    JsonNode receipt = client.receipt(interaction);
    assertThat(receipt.at("/learning/status").asText()).isEqualTo("distilled");
    assertThat(receipt.at("/learning/experiences")).hasSize(1);
    String id = receipt.at("/learning/experiences/0").asText();
    JsonNode item = client.item(id);
    assertThat(item.path("state").asText()).isEqualTo("active");
    assertThat(item.path("content").asText()).isEqualTo(CORRECTION);
    assertThat(item.path("when").asText()).isEqualTo(QUESTION);
    assertThat(item.path("support").asInt()).isEqualTo(1);
    assertThat(item.path("evidence").findValuesAsText("interaction_id"))
        .containsOnly(interaction)
        .hasSize(2);
    assertThat(item.path("evidence").findValuesAsText("quote"))
        .containsExactlyInAnyOrder(QUESTION, CORRECTION);
    assertThat(item.path("evidence").findValuesAsText("role"))
        .containsExactlyInAnyOrder("user", "outcome");
    return id;
  }

  private static void restore(HoneClient client, String commit, boolean before) throws Exception {
    HoneClient.Answer made =
        client.post("/api/v1/commits/" + commit + "/restore", "{\"before\":" + before + "}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    HoneClient.Answer nothing =
        client.post("/api/v1/commits/" + commit + "/restore", "{\"before\":" + before + "}");
    assertThat(nothing.status()).as("it is in that state already").isEqualTo(409);
  }

  @Test
  void aPinnedRequestSeesThePoolAsItWas() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient client = hone.client();
      client.teach(QUESTION, CORRECTION);
      client.settle();
      String first = client.list("experiences").getFirst().path("id").asText();
      String commit = client.list("commits").getFirst().path("id").asText();
      client.teach("Where is the cooling loop of the Kestrel rig?", "Behind the blue panel.");
      client.settle();
      String second = client.list("experiences").getFirst().path("id").asText();

      HoneClient pinned = client.with("x-hone-pin", commit);

      assertThat(ids(client.search(QUESTION))).containsExactlyInAnyOrder(first, second);
      assertThat(ids(pinned.search(QUESTION))).containsExactly(first);
      assertThat(client.ask(QUESTION).header("x-hone-experiences")).contains(first, second);
      assertThat(pinned.ask(QUESTION).header("x-hone-experiences")).isEqualTo(first);

      String head = client.list("commits").getFirst().path("id").asText();
      client.post("/api/v1/commits/" + commit + "/restore", "{\"before\":true}");
      assertThat(client.search(QUESTION)).isEmpty();
      assertThat(ids(client.with("x-hone-pin", head).search(QUESTION)))
          .containsExactlyInAnyOrder(first, second);
    }
  }

  @Test
  void aPinThatDoesNotExistIsRefused() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {

      HoneClient.Answer answer =
          hone.client().with("x-hone-pin", "nope").chat(Json.chat("hone-builtin", QUESTION));

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().at("/error/message").asText()).contains("no commit 'nope'");
    }
  }

  private static List<String> ids(List<JsonNode> items) {
    return items.stream().map(item -> item.path("id").asText()).toList();
  }
}
