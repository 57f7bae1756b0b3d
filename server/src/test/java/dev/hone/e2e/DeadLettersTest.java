package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What learning has given up waits for a person, with what the model answered. */
class DeadLettersTest {

  private static final String PATH = "/api/v1/learning/dead-letters";
  private static final String NONSENSE = "I would say: lever V7, but I forgot the format.";
  private static final String LESSON =
      """
      {"thoughts": "nobody knew",
       "items": [{"title": "Closing the loop", "when": "closing the cooling loop of a rig",
                  "content": "The loop is closed by two turns of lever V7.",
                  "kind": "procedure", "type": "general",
                  "evidence": [{"interaction": 1, "role": "outcome", "quote": "red lever V7"}]}]}
      """;

  @TempDir Path data;
  private StubUpstream teacher;
  private HoneFixture hone;
  private HoneClient client;
  private String interaction;
  private String episode;

  @BeforeEach
  void learningFails() throws Exception {
    teacher = new StubUpstream(StubUpstream.says(NONSENSE));
    hone = HoneFixture.start(data, "learning.url=" + teacher.url(), "learning.model=teacher-1");
    client = hone.client();
    interaction = client.teach("How is the loop closed?", "Turn the red lever V7 twice.");
    client.settle();
    episode = client.receipt(interaction).at("/learning/episode_id").asText();
  }

  @AfterEach
  void stop() {
    hone.close();
    teacher.close();
  }

  private List<JsonNode> letters() throws Exception {
    return client.list("learning/dead-letters");
  }

  private String learning() throws Exception {
    return client.receipt(interaction).at("/learning/status").asText();
  }

  @Test
  void whatCannotBeReadIsADeadLetterWithItsReasonAndTheRawAnswer() throws Exception {
    assertThat(learning()).isEqualTo("failed");

    JsonNode letter = letters().getFirst();
    assertThat(letter.path("id").asText()).isEqualTo(episode);
    assertThat(letter.path("kind").asText()).isEqualTo("episode");
    assertThat(letter.path("why").asText()).isNotEmpty();
    assertThat(letter.path("raw").asText()).contains(NONSENSE);
    assertThat(client.get("/api/v1/learning").json().path("failed").asInt()).isEqualTo(1);
  }

  @Test
  void onceRetriedItIsLearnedFrom() throws Exception {
    teacher.script(StubUpstream.says(LESSON));
    assertThat(client.post(PATH + "/" + episode + "/retry", "{}").status()).isEqualTo(200);
    client.settle();

    assertThat(learning()).isEqualTo("distilled");
    assertThat(letters()).isEmpty();
  }

  @Test
  void onceDroppedItIsNoMoreAndItsReceiptSaysWhy() throws Exception {
    HoneClient.Answer dropped =
        client.post(PATH + "/" + episode + "/drop", "{\"reason\":\"of no use\"}");
    assertThat(dropped.status()).isEqualTo(200);

    assertThat(letters()).isEmpty();
    assertThat(client.receipt(interaction).at("/learning/why").asText())
        .isEqualTo("dropped: of no use");
    for (String what : List.of("retry", "drop")) {
      HoneClient.Answer again = client.post(PATH + "/" + episode + "/" + what, "{}");
      assertThat(again.status()).isEqualTo(404);
      assertThat(again.json().path("detail").asText()).contains("has no dead letter");
    }
  }

  @Test
  void aRestartLosesNone() throws Exception {
    hone.close();
    hone = HoneFixture.start(data, "learning.url=" + teacher.url(), "learning.model=teacher-1");
    client = hone.client();

    assertThat(letters()).hasSize(1);
  }

  @Test
  void theyComeInPages() throws Exception {
    client.teach("Where is the spare fuse?", "In the lower drawer.");
    client.settle();
    JsonNode first = client.get(PATH + "?limit=1").json();
    JsonNode second = client.get(PATH + "?limit=1&cursor=" + first.path("next").asText()).json();

    assertThat(first.path("items")).hasSize(1);
    assertThat(second.at("/items/0/id").asText()).isEqualTo(episode);
    assertThat(second.path("next").isNull()).isTrue();
  }
}
