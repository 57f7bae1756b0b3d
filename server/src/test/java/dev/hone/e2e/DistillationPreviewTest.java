package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would come of an episode can be looked at before anything is written. */
class DistillationPreviewTest {

  private static final String QUESTION = "How do I close the cooling loop of the Kestrel rig?";
  private static final String CORRECTION = "Turn the red lever V7 twice.";
  private static final String NOTHING = "{\"items\":[],\"nothing\":\"small talk\"}";
  private static final String ITEM =
      """
      {"title": "TITLE", "when": "closing the cooling loop of a rig",
       "content": "The loop is closed by two turns of lever V7.", "kind": "procedure",
       "type": "general",
       "evidence": [{"interaction": 1, "role": "outcome", "quote": "QUOTE"}]}
      """;
  private static final String GOOD =
      "{\"items\":["
          + ITEM.replace("TITLE", "Good").replace("QUOTE", "red lever V7")
          + ","
          + ITEM.replace("TITLE", "Invented").replace("QUOTE", "green lever V9")
          + "]}";

  @TempDir Path data;
  private StubUpstream teacher;
  private HoneFixture hone;
  private HoneClient client;

  @BeforeEach
  void start() throws Exception {
    teacher = new StubUpstream(StubUpstream.says(NOTHING));
    hone = HoneFixture.start(data, "learning.url=" + teacher.url(), "learning.model=teacher-1");
    client = hone.client();
  }

  @AfterEach
  void stop() {
    hone.close();
    teacher.close();
  }

  /** Taught and settled: the id of the episode. */
  private String episode() throws Exception {
    String interaction = client.teach(QUESTION, CORRECTION);
    client.settle();
    return client.receipt(interaction).at("/learning/episode_id").asText();
  }

  private HoneClient.Answer preview(HoneClient by, String episode) throws Exception {
    return by.post("/api/v1/episodes/" + episode + "/distill?dryRun=true", "{}");
  }

  @Test
  void aDryRunTellsOfDraftsWithEvidenceAndDecisionsAndOfWhatWasTurnedDown() throws Exception {
    String episode = episode();
    teacher.script(StubUpstream.says(GOOD));

    HoneClient.Answer answer = preview(client, episode);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode told = answer.json();
    assertThat(told.path("result").asText()).isEqualTo("lessons");
    assertThat(told.path("revision").asInt()).isEqualTo(1);
    assertThat(told.path("drafts")).hasSize(1);
    JsonNode draft = told.at("/drafts/0");
    assertThat(draft.path("title").asText()).isEqualTo("Good");
    assertThat(draft.at("/evidence/0/quote").asText()).isEqualTo("red lever V7");
    assertThat(draft.path("decision").asText()).isEqualTo("add");
    assertThat(draft.path("reason").asText()).isNotBlank();
    assertThat(draft.has("experience_id")).as("it is not there yet").isFalse();
    assertThat(told.path("turned_down")).hasSize(1);
    assertThat(told.at("/turned_down/0").asText())
        .isEqualTo("Invented: unsupported quote: \"green lever V9\"");
  }

  @Test
  void aDryRunWritesNothingButItsCost() throws Exception {
    String episode = episode();
    teacher.script(StubUpstream.says(GOOD));
    String before = client.get("/api/v1/episodes").text();

    preview(client, episode);
    client.settle();

    assertThat(client.list("experiences")).isEmpty();
    assertThat(client.list("commits")).isEmpty();
    assertThat(client.get("/api/v1/episodes").text()).isEqualTo(before);
    assertThat(client.get("/api/v1/stats").json().at("/learning_today/calls").asInt()).isEqualTo(2);
  }

  @Test
  void whatIsKnownAlreadyWouldBeReinforced() throws Exception {
    teacher.script(StubUpstream.says(GOOD));
    String episode = episode();
    String item = client.list("experiences").getFirst().path("id").asText();
    client.teach("How is the cooling loop of the Kestrel rig closed?", CORRECTION);
    client.settle();
    String other = client.list("episodes").getFirst().path("id").asText();
    assertThat(other).isNotEqualTo(episode);

    JsonNode draft = preview(client, other).json().at("/drafts/0");

    assertThat(draft.path("decision").asText()).isEqualTo("reinforce");
    assertThat(draft.path("experience_id").asText()).isEqualTo(item);
  }

  @Test
  void whatCannotBeLearnedFromIsToldWithTheReason() throws Exception {
    String episode = episode();

    assertThat(preview(client, episode).json().path("why").asText()).isEqualTo("small talk");
    teacher.script(StubUpstream.says("Hm."));
    JsonNode unreadable = preview(client, episode).json();
    assertThat(unreadable.path("result").asText()).isEqualTo("unreadable");
    assertThat(unreadable.path("raw").asText()).isEqualTo("Hm.");
    teacher.script(StubUpstream.json(429, "{}"));
    JsonNode later = preview(client, episode).json();
    assertThat(later.path("result").asText()).isEqualTo("later");
    assertThat(later.path("why").asText()).contains("429");
  }

  @Test
  void withoutDryRunItIsLearnedFromAgain() throws Exception {
    String episode = episode();
    teacher.script(StubUpstream.says(GOOD));

    assertThat(client.post("/api/v1/episodes/" + episode + "/distill", "{}").status())
        .isEqualTo(202);
    client.settle();

    assertThat(client.list("experiences")).hasSize(1);
    assertThat(client.list("episodes").getFirst().path("revision").asInt()).isEqualTo(2);
  }

  @Test
  void itIsForThePrincipalAndForCurators() throws Exception {
    HoneClient admin = hone.client(hone.client().makeKey("admin", "*"));
    HoneClient ann = hone.client(admin.makeKey("client", "default"));
    HoneClient bob = hone.client(admin.makeKey("client", "default"));
    HoneClient curator = hone.client(admin.makeKey("curator", "default"));
    String interaction = ann.teach(QUESTION, CORRECTION);
    curator.settle();
    String episode = ann.receipt(interaction).at("/learning/episode_id").asText();

    assertThat(preview(ann, episode).status()).isEqualTo(200);
    assertThat(preview(curator, episode).status()).isEqualTo(200);
    assertThat(preview(bob, episode).status()).isEqualTo(404);
    assertThat(bob.post("/api/v1/episodes/" + episode + "/distill", "{}").status()).isEqualTo(404);
  }

  @Test
  void whatIsNotUnderstoodIsRefused() throws Exception {
    String episode = episode();

    assertThat(client.post("/api/v1/episodes/" + episode + "/distill?dryRun=maybe", "{}").status())
        .isEqualTo(400);
    assertThat(preview(client, "nobody").status()).isEqualTo(404);
  }
}
