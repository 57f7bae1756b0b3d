package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said many times is kept once. */
class CondensingTest {

  private static final String CORRECTION = "Turn the red lever V7 twice.";
  private static final List<String> QUESTIONS =
      List.of(
          "How do I close the cooling loop of the Kestrel rig?",
          "How do you close the cooling loop of the Kestrel rig?",
          "How can we close the cooling loop of the Kestrel rig, please?",
          "How does one close the cooling loop of the Kestrel rig?");

  private static final int CANDIDATES = 40;

  /** Each time it settles, the round before has ended with the refinement that was due. */
  private static final int ROUNDS_OF_LEARNING = 5;

  @TempDir Path data;

  @Test
  void nearRepeatsOfSeveralClientsAreOneItemSupportedByEachClientOnce() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      for (int i = 0; i < QUESTIONS.size(); i++) {
        HoneClient client = hone.client("key-" + i);
        client.teach(QUESTIONS.get(i), CORRECTION);
        client.settle();
        client.teach(QUESTIONS.get((i + 1) % QUESTIONS.size()), CORRECTION);
        client.settle();
      }

      List<JsonNode> items = hone.client().list("experiences");
      assertThat(items).hasSize(1);
      assertThat(items.getFirst().path("support").asInt()).isEqualTo(QUESTIONS.size());
      JsonNode evidence = hone.client().item(items.getFirst().path("id").asText()).path("evidence");
      assertThat(evidence.findValuesAsText("principal").stream().distinct())
          .hasSize(QUESTIONS.size());
    }
  }

  @Test
  void nearRepeatsThatAreSentAllAtOnceAreOneItemToo() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      for (int i = 0; i < QUESTIONS.size(); i++) {
        hone.client("key-" + i).teach(QUESTIONS.get(i), CORRECTION);
        hone.client("key-" + i).teach(QUESTIONS.get(i), CORRECTION);
      }
      hone.client().settle();

      List<JsonNode> items = hone.client().list("experiences");
      assertThat(items).hasSize(1);
      assertThat(items.getFirst().path("support").asInt()).isEqualTo(QUESTIONS.size());
    }
  }

  @Test
  void aPoolOfCandidatesIsNotRefinedAgainAndAgain() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "pool.quorum=2")) {
      for (int i = 0; i < CANDIDATES; i++) {
        hone.client().teach("What does lamp L" + i + " on panel " + i + " mean?", "Fault " + i);
      }
      for (int i = 0; i < ROUNDS_OF_LEARNING; i++) {
        hone.client().settle();
      }

      assertThat(refinements(hone)).isEqualTo(1);
    }
  }

  private static double refinements(HoneFixture hone) throws Exception {
    return hone.client()
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("hone_refinements_total "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  @Test
  void similarQuestionsWithDifferentAnswersStayApart() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      hone.client().teach("Which lever closes loop 3 of the Kestrel rig?", "The lever marked V7.");
      hone.client().teach("Which lever closes loop 4 of the Kestrel rig?", "The lever marked V8.");
      hone.client().settle();

      assertThat(hone.client().list("experiences")).hasSize(2);
    }
  }

  @Test
  void aDryRunSaysWhatARefinementWouldDoAndDoesNothing() throws Exception {
    try (HoneFixture hone = saturated()) {
      HoneClient client = hone.client();
      String items = client.list("experiences").toString();
      String commits = client.list("commits").toString();

      HoneClient.Answer dry = client.post("/api/v1/refinements", "{\"dry_run\":true}");

      assertThat(dry.status()).isEqualTo(200);
      assertThat(dry.json().path("dry_run").asBoolean()).isTrue();
      assertThat(dry.json().path("items_before").asInt()).isEqualTo(5);
      assertThat(dry.json().path("items_after").asInt()).isEqualTo(2);
      assertThat(dry.json().path("pairs").asInt()).isEqualTo(6);
      assertThat(dry.json().path("commit").isNull()).isTrue();
      assertThat(dry.json().at("/groups/0/parents")).hasSize(4);
      assertThat(dry.json().at("/groups/0/child/content").asText()).isEqualTo(CORRECTION);
      assertThat(client.list("experiences").toString()).isEqualTo(items);
      assertThat(client.list("commits").toString()).isEqualTo(commits);
    }
  }

  @Test
  void aRefinementReplacesParentsByAChildThatServesTheirQuestions() throws Exception {
    try (HoneFixture hone = saturated()) {
      HoneClient client = hone.client();
      List<JsonNode> before = client.list("experiences");
      client.post("/api/v1/refinements", "{\"dry_run\":true}");

      HoneClient.Answer done = client.post("/api/v1/refinements", "{\"reason\":\"tidy up\"}");

      assertThat(done.status()).isEqualTo(201);
      assertThat(done.json().path("items_after").asInt()).isEqualTo(2);
      assertThat(done.json().at("/groups/0/accepted").asBoolean()).isTrue();
      JsonNode commit = client.list("commits").getFirst();
      assertThat(commit.path("id").asText()).isEqualTo(done.json().path("commit").asText());
      assertThat(commit.path("kind").asText()).isEqualTo("refine");
      assertThat(commit.path("reason").asText()).isEqualTo("tidy up");
      for (String question : QUESTIONS) {
        HoneClient.Answer answer = client.ask(question);
        assertThat(answer.said()).startsWith(CORRECTION);
        assertThat(answer.header("x-hone-experiences").split(",")).hasSize(1);
      }
      String child = client.ask(QUESTIONS.getFirst()).header("x-hone-experiences");
      List<JsonNode> parents =
          before.stream().filter(item -> item.path("content").asText().equals(CORRECTION)).toList();
      assertThat(parents).hasSize(4);
      for (JsonNode parent : parents) {
        JsonNode now = client.item(parent.path("id").asText());
        assertThat(now.path("state").asText()).isEqualTo("withdrawn");
        assertThat(now.path("successor").asText()).isEqualTo(child);
      }
      assertThat(client.item(child).path("support").asInt()).isEqualTo(4);
      assertThat(client.item(child).path("evidence")).as("evidence goes over").hasSize(8);
      assertThat(client.post("/api/v1/refinements", "{}").status())
          .as("there is nothing more to do")
          .isEqualTo(200);
    }
  }

  /** Four items that say the same and one that does not. */
  private HoneFixture saturated() throws Exception {
    HoneFixture hone = HoneFixture.start(data, "pool.admission=false");
    for (int i = 0; i < QUESTIONS.size(); i++) {
      hone.client("key-" + i).teach(QUESTIONS.get(i), CORRECTION);
    }
    hone.client("key-0").teach("Where is the spare fuse kept?", "In the lower drawer.");
    hone.client().settle();
    return hone;
  }
}
