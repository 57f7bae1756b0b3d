package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receipt says at every moment what became of an interaction. */
class ReceiptsTest {

  private static final String QUESTION = "How do I close the cooling loop of the Kestrel rig?";

  @TempDir Path data;
  private StubUpstream stub;
  private HoneFixture hone;
  private HoneClient client;

  @BeforeEach
  void start() throws Exception {
    stub = new StubUpstream(StubUpstream.says("Push the button."));
    hone = HoneFixture.start(data, "upstream.url=" + stub.url());
    client = hone.client();
  }

  @AfterEach
  void stop() {
    hone.close();
    stub.close();
  }

  private String status(String id) throws Exception {
    return client.receipt(id).at("/learning/status").asText();
  }

  @Test
  void aRequestInFlightIsOpenedAndWaits() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    stub.script(
        (request, exchange) -> {
          OutputStream out = StubUpstream.stream(exchange);
          out.write(StubUpstream.event("half").getBytes(UTF_8));
          out.flush();
          looked.await(60, TimeUnit.SECONDS);
          out.write("data: [DONE]\n\n".getBytes(UTF_8));
        });
    var response = client.stream(Json.chat("m", QUESTION));
    String id = response.headers().firstValue("x-hone-interaction-id").orElseThrow();

    JsonNode receipt = client.receipt(id);
    looked.countDown();
    String answer = new String(response.body().readAllBytes(), UTF_8);

    assertThat(receipt.path("state").asText()).isEqualTo("opened");
    assertThat(receipt.at("/learning/status").asText()).isEqualTo("waiting");
    assertThat(receipt.at("/messages/0/content").asText()).isEqualTo(QUESTION);
    assertThat(answer).endsWith("data: [DONE]\n\n");
    assertThat(client.receipt(id).path("state").asText()).isEqualTo("completed");
    assertThat(client.receipt(id).at("/answer/content").asText()).isEqualTo("half");
  }

  @Test
  void aCompletedOneGoesIntoAnOpenEpisodeThatCanBeEnded() throws Exception {
    String id = client.chat(Json.chat("m", QUESTION)).interaction();
    Await.until("it is in an episode", () -> status(id).equals("in-episode"));
    JsonNode learning = client.receipt(id).path("learning");
    String episode = learning.path("episode_id").asText();
    assertThat(learning.path("episode_state").asText()).isEqualTo("open");
    assertThat(learning.path("revision").asInt()).isEqualTo(1);
    assertThat(client.get("/api/v1/episodes/" + episode).json().at("/interactions/0/id").asText())
        .isEqualTo(id);

    HoneClient.Answer ended = client.post("/api/v1/episodes/" + episode + "/end", "");

    assertThat(ended.status()).isEqualTo(202);
    Await.until("it is learned from", () -> status(id).equals("nothing-learned"));
    assertThat(client.receipt(id).at("/learning/why").asText())
        .isEqualTo("nobody corrected or judged an answer");
    assertThat(client.list("episodes?state=learned")).hasSize(1);
  }

  @Test
  void aCorrectedOneIsDistilledIntoItems() throws Exception {
    String id = client.chat(Json.chat("m", QUESTION)).interaction();
    client.correct(id, "Turn the red lever V7 twice.");
    client.settle();

    JsonNode receipt = client.receipt(id);
    assertThat(receipt.at("/learning/status").asText()).isEqualTo("distilled");
    assertThat(receipt.at("/learning/experiences/0").asText())
        .isEqualTo(client.list("experiences").getFirst().path("id").asText());
    assertThat(receipt.at("/outcomes/0/correction").asText())
        .isEqualTo("Turn the red lever V7 twice.");
  }

  @Test
  void whatEndsWithTheEnvironmentsWordKeepsItsOrderAndHasNoAnswer() throws Exception {
    String id =
        client
            .post(
                "/api/v1/interactions",
                "{\"messages\":["
                    + Json.message("user", QUESTION)
                    + ","
                    + Json.message("assistant", "push button")
                    + ","
                    + Json.message("environment", "Nothing moves.")
                    + "],\"correction\":\"Turn the red lever V7 twice.\"}")
            .json()
            .path("id")
            .asText();
    client.settle();

    JsonNode receipt = client.receipt(id);
    assertThat(receipt.path("messages").findValuesAsText("role"))
        .containsExactly("user", "assistant", "environment");
    assertThat(receipt.at("/answer/content").asText()).isEmpty();
    assertThat(status(id)).isEqualTo("distilled");
  }

  @Test
  void aNativeInteractionIsLearnedFromLikeAnyOther() throws Exception {
    String id = client.teach(QUESTION, "Turn the red lever V7 twice.");
    client.settle();

    assertThat(status(id)).isEqualTo("distilled");
    assertThat(client.receipt(id).at("/answer/content").asText()).isEqualTo("I don't know.");
    assertThat(client.list("experiences")).hasSize(1);
  }

  @Test
  void aFailedOneIsExcludedEvenWhenItIsCorrected() throws Exception {
    stub.script(StubUpstream.json(500, "{}"));
    String id = client.chat(Json.chat("m", QUESTION)).interaction();
    client.correct(id, "Turn the red lever V7 twice.");
    client.settle();

    assertThat(client.receipt(id).path("state").asText()).isEqualTo("failed");
    assertThat(client.receipt(id).at("/learning/status").asText()).isEqualTo("excluded");
    assertThat(client.list("experiences")).isEmpty();
  }

  @Test
  void thereIsNoReceiptForWhatWasNeverTaken() throws Exception {
    assertThat(client.get("/api/v1/interactions/nope").status()).isEqualTo(404);
    assertThat(client.get("/api/v1/episodes/nope").status()).isEqualTo(404);
    assertThat(client.post("/api/v1/episodes/nope/end", "").status()).isEqualTo(404);
  }
}
