package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was acknowledged survives a kill, and is learned from once. */
class KillTest {

  private static final String QUESTION = "How do I close the cooling loop of the Kestrel rig?";
  private static final String CORRECTION = "Turn the red lever V7 twice.";

  /** When the process is killed. */
  enum Moment {
    AFTER_THE_ANSWER,
    AFTER_THE_FEEDBACK,
    AFTER_A_NATIVE_INTERACTION,
    AFTER_THE_EPISODE_WAS_ENDED,
    WHILE_IT_LEARNS,
    AFTER_IT_LEARNED
  }

  @TempDir Path data;

  @ParameterizedTest
  @EnumSource
  void whatWasAcknowledgedIsThereAfterAKillAndIsLearnedFromOnce(Moment moment) throws Exception {
    String id;
    try (HoneProcess first = HoneProcess.start(data)) {
      id = upTo(moment, first.client());
      first.kill();
    }

    try (HoneProcess second = HoneProcess.start(data)) {
      HoneClient client = second.client();
      assertThat(client.receipt(id).path("state").asText()).isEqualTo("completed");
      assertThat(client.receipt(id).at("/messages/0/content").asText()).isEqualTo(QUESTION);
      assertThat(client.receipt(id).at("/answer/content").asText()).startsWith("I don't know.");
      if (moment == Moment.AFTER_THE_ANSWER) {
        client.correct(id, CORRECTION);
      }
      assertThat(client.receipt(id).at("/outcomes/0/correction").asText()).isEqualTo(CORRECTION);
      client.settle();
      assertLearnedOnce(client, id);
      assertThat(client.ask(QUESTION).said()).startsWith(CORRECTION);
      client.settle();
      assertLearnedOnce(client, id);
    }
  }

  private static void assertLearnedOnce(HoneClient client, String id) throws Exception {
    List<JsonNode> items = client.list("experiences");
    assertThat(items).hasSize(1);
    assertThat(client.list("commits")).hasSize(1);
    JsonNode evidence = client.item(items.getFirst().path("id").asText()).path("evidence");
    assertThat(evidence.findValuesAsText("quote")).containsExactlyInAnyOrder(QUESTION, CORRECTION);
    assertThat(client.receipt(id).at("/learning/status").asText()).isEqualTo("distilled");
  }

  /** Does everything up to the moment; the process is killed as soon as this returns. */
  private static String upTo(Moment moment, HoneClient client) throws Exception {
    if (moment == Moment.AFTER_A_NATIVE_INTERACTION) {
      return client.teach(QUESTION, CORRECTION);
    }
    String id = client.ask(QUESTION).interaction();
    if (moment == Moment.AFTER_THE_ANSWER) {
      return id;
    }
    client.correct(id, CORRECTION);
    switch (moment) {
      case AFTER_THE_EPISODE_WAS_ENDED -> {
        Await.until("in an episode", () -> !client.list("episodes").isEmpty());
        String episode = client.list("episodes").getFirst().path("id").asText();
        client.post("/api/v1/episodes/" + episode + "/end", "");
      }
      case WHILE_IT_LEARNS -> {
        CompletableFuture<Void> settling =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    client.settle();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
        Await.until(
            "an episode is no longer open, or all is done",
            () -> settling.isDone() || !client.list("episodes?state=closed").isEmpty());
      }
      case AFTER_IT_LEARNED -> client.settle();
      default -> {}
    }
    return id;
  }

  @Test
  void aRequestInFlightBecomesInterruptedAndIsNotLearnedFrom() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (StubUpstream stub =
        new StubUpstream(
            (request, exchange) -> {
              OutputStream out = StubUpstream.stream(exchange);
              out.write(StubUpstream.event("half an answer").getBytes(UTF_8));
              out.flush();
              end.await(120, TimeUnit.SECONDS);
            })) {
      String id;
      try (HoneProcess first = HoneProcess.start(data, "--upstream", stub.url())) {
        id =
            first.client().stream(Json.chat("m", QUESTION))
                .headers()
                .firstValue("x-hone-interaction-id")
                .orElseThrow();
        first.kill();
      }
      end.countDown();

      try (HoneProcess second = HoneProcess.start(data, "--upstream", stub.url())) {
        HoneClient client = second.client();
        assertThat(client.receipt(id).path("state").asText()).isEqualTo("interrupted");
        assertThat(client.receipt(id).at("/messages/0/content").asText()).isEqualTo(QUESTION);
        client.correct(id, CORRECTION);
        client.settle();
        assertThat(client.receipt(id).at("/learning/status").asText()).isEqualTo("excluded");
        assertThat(client.receipt(id).at("/learning/why").asText()).contains("interrupted");
        assertThat(client.list("experiences")).isEmpty();
      }
    }
  }
}
