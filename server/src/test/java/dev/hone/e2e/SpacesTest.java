package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spaces are walls, and each learns in its own way. */
class SpacesTest {

  private static final String QUESTION = "How do I close the cooling loop of the Kestrel rig?";
  private static final String CORRECTION = "Turn the red lever V7 twice.";

  @TempDir Path data;

  private static HoneClient made(HoneFixture hone, String name, String learning) throws Exception {
    HoneClient.Answer made =
        hone.client().post("/api/v1/spaces", Json.object("name", name, "learning", learning));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return hone.client().space(name);
  }

  @Test
  void whatIsLearnedInOneSpaceIsNotSeenFromAnother() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient here = made(hone, "here", "distill");
      HoneClient there = made(hone, "there", "distill");
      String id = here.teach(QUESTION, CORRECTION);
      here.settle();
      String item = here.list("experiences").getFirst().path("id").asText();

      assertThat(here.ask(QUESTION).said()).startsWith(CORRECTION);
      for (HoneClient other : List.of(there, hone.client())) {
        assertThat(other.ask(QUESTION).said()).startsWith("I don't know.");
        assertThat(other.list("experiences")).isEmpty();
        assertThat(other.list("commits")).isEmpty();
        assertThat(other.search(QUESTION)).isEmpty();
        assertThat(other.get("/api/v1/experiences/" + item).status()).isEqualTo(404);
        assertThat(other.get("/api/v1/interactions/" + id).status()).isEqualTo(404);
        assertThat(
                other
                    .post(
                        "/api/v1/feedback",
                        Json.object("interaction_id", id, "correction", "Wrong."))
                    .status())
            .isEqualTo(404);
      }
    }
  }

  @Test
  void aRawSpaceKeepsEveryRecordAsItIs() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient raw = made(hone, "raw-1", "raw");
      raw.teach(QUESTION, CORRECTION);
      raw.teach(QUESTION, CORRECTION);
      raw.settle();

      List<JsonNode> items = raw.list("experiences");
      assertThat(items).as("near-repeats are not merged").hasSize(2);
      for (JsonNode item : items) {
        assertThat(item.path("title").asText()).isEqualTo("Record");
        assertThat(item.path("when").asText()).isEqualTo(QUESTION);
        assertThat(item.path("content").asText())
            .contains("I don't know.")
            .contains(CORRECTION)
            .doesNotContain(QUESTION);
      }
      assertThat(raw.ask(QUESTION).mode()).isEqualTo("augmented");
    }
  }

  @Test
  void aLateWordReplacesTheRecordsOfARawSpace() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient raw = made(hone, "raw-1", "raw");
      String id = raw.ask(QUESTION).interaction();
      raw.settle();
      String record = raw.list("experiences").getFirst().path("id").asText();

      raw.post("/api/v1/feedback", Json.object("interaction_id", id, "correction", CORRECTION));
      raw.settle();

      assertThat(raw.list("experiences")).hasSize(1);
      JsonNode replaced = raw.list("experiences").getFirst();
      assertThat(replaced.path("id").asText()).isEqualTo(record);
      assertThat(replaced.path("version").asInt()).isEqualTo(2);
      assertThat(replaced.path("content").asText()).contains(CORRECTION);
    }
  }

  @Test
  void aSpaceWhereLearningIsOffCapturesAndLearnsNothing() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient off = made(hone, "off-1", "off");
      String id = off.teach(QUESTION, CORRECTION);
      off.settle();

      JsonNode learning = off.receipt(id).path("learning");
      assertThat(learning.path("status").asText()).isEqualTo("nothing-learned");
      assertThat(learning.path("why").asText()).isEqualTo("learning is off in space off-1");
      assertThat(off.list("experiences")).isEmpty();
      assertThat(off.list("commits")).isEmpty();
      assertThat(off.ask(QUESTION).mode()).isEqualTo("nothing-relevant");
    }
  }

  @Test
  void spacesAreListedAndCounted() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient mine = made(hone, "mine", "distill");
      mine.teach(QUESTION, CORRECTION);
      mine.settle();

      assertThat(mine.list("spaces"))
          .extracting(space -> space.path("name").asText() + " " + space.path("learning").asText())
          .containsExactlyInAnyOrder("default distill", "mine distill");
      JsonNode stats = mine.get("/api/v1/stats").json();
      assertThat(stats.path("interactions").asInt()).isEqualTo(1);
      assertThat(stats.path("episodes").asInt()).isEqualTo(1);
      assertThat(stats.path("active").asInt()).isEqualTo(1);
      assertThat(hone.client().get("/api/v1/stats").json().path("interactions").asInt()).isZero();
    }
  }
}
