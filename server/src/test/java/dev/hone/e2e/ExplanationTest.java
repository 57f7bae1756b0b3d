package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search tells why it found what it found. */
class ExplanationTest {

  @TempDir Path data;

  private static void write(HoneClient client, String when, String content, String type)
      throws Exception {
    HoneClient.Answer made =
        client.post(
            "/api/v1/experiences", Json.object("when", when, "content", content, "type", type));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
  }

  private static JsonNode explained(HoneClient client, String body) throws Exception {
    HoneClient.Answer answer = client.post("/api/v1/experiences/search", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> verdicts(JsonNode explanation) {
    return explanation
        .path("considered")
        .valueStream()
        .map(each -> each.path("content").asText() + " " + each.path("verdict").asText())
        .toList();
  }

  @Test
  void itSaysWhatBecameOfEachItemByTheNumbersThatDecided() throws Exception {
    try (HoneFixture hone =
        HoneFixture.start(data, "types.rigs=pumps and rigs", "types.food=meals and food")) {
      HoneClient client = hone.client();
      write(client, "The pump rattles and leaks.", "First.", "rigs");
      write(client, "The pump rattles.", "Second.", "rigs");
      write(client, "A pump of soup rattles and leaks.", "Third.", "food");
      write(client, "The zebra leaks.", "Fourth.", "rigs");
      String query = "\"query\":\"pump rattles leaks quark gluon lattice gauge boson\"";

      JsonNode found =
          explained(client, "{" + query + ",\"types\":[\"rigs\"],\"limit\":1,\"explain\":true}");
      JsonNode explanation = found.path("explanation");

      assertThat(found.path("items")).hasSize(1);
      assertThat(verdicts(explanation))
          .containsExactlyInAnyOrder(
              "First. shown", "Second. beyond-limit", "Third. other-type", "Fourth. below-floor");
      assertThat(explanation.path("terms")).hasSize(8);
      double mass =
          explanation.path("terms").valueStream().mapToDouble(t -> t.path("idf").asDouble()).sum();
      assertThat(explanation.path("mass").asDouble()).isCloseTo(mass, within(1e-9));
      for (JsonNode each : explanation.path("considered")) {
        List<JsonNode> matched = each.path("matched").valueStream().toList();
        assertThat(matched.stream().mapToDouble(t -> t.path("score").asDouble()).sum())
            .as("the terms' scores add up")
            .isCloseTo(each.path("score").asDouble(), within(1e-4));
        assertThat(matched.stream().mapToDouble(t -> t.path("idf").asDouble()).sum() / mass)
            .as("the terms' idf is the coverage")
            .isCloseTo(each.path("coverage").asDouble(), within(1e-9));
      }
      assertThat(explanation.path("commit_id").asText())
          .isEqualTo(client.list("commits").getFirst().path("id").asText());
      assertThat(
              explained(client, "{" + query + ",\"types\":[\"rigs\"],\"limit\":1}").path("items"))
          .isEqualTo(found.path("items"));
    }
  }

  @Test
  void itTellsNothingOfWhatTheAskerMayNotSee() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "pool.quorum=2")) {
      HoneClient ann = hone.client("ann");
      HoneClient bob = hone.client("bob");
      bob.post("/api/v1/spaces", Json.object("name", "other"));
      write(ann, "The pump rattles.", "Turn it off.", "general");
      String hit = "{\"query\":\"pump rattles\",\"explain\":true}";
      String miss = "{\"query\":\"zebra crossing\",\"explain\":true}";

      assertThat(verdicts(explained(ann, hit).path("explanation")))
          .containsExactly("Turn it off. shown");
      JsonNode bobs = explained(bob, hit).path("explanation");
      assertThat(bobs.path("considered")).isEmpty();
      assertThat(bobs.path("hidden_items").asInt())
          .as("the same whatever is searched for")
          .isEqualTo(explained(bob, miss).at("/explanation/hidden_items").asInt())
          .isEqualTo(1);
      JsonNode elsewhere = explained(bob.space("other"), hit).path("explanation");
      assertThat(elsewhere.path("hidden_items").asInt()).isZero();
      assertThat(elsewhere.path("documents").asInt()).isZero();
      assertThat(elsewhere.path("sequence").asInt()).isZero();
    }
  }

  @Test
  void whatDoesNotFitInThePromptIsSaidToBeOverBudget() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "retrieval.tokens=80")) {
      HoneClient client = hone.client();
      write(
          client,
          "The pump rattles.",
          "Turn it off. " + "Then wait for it. ".repeat(30),
          "general");
      write(client, "The old pump rattles at night.", "Hit it.", "general");

      List<String> verdicts =
          explained(client, "{\"query\":\"pump rattles\",\"explain\":true}")
              .at("/explanation/considered")
              .valueStream()
              .map(each -> each.path("when").asText() + " " + each.path("verdict").asText())
              .toList();

      assertThat(verdicts)
          .containsExactlyInAnyOrder(
              "The pump rattles. over-budget", "The old pump rattles at night. shown");
    }
  }
}
