package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections to the model are used again, and those that it has closed harm no request. */
class UpstreamConnectionsTest {

  private static final String FINE = StubUpstream.completion("Fine.");

  /** How soon a model learns that its client has gone away. */
  private static final Duration BOUND = Duration.ofSeconds(10);

  @TempDir Path data;
  private Behind both;

  @BeforeEach
  void start() throws Exception {
    both = new Behind(data);
  }

  @AfterEach
  void stop() throws Exception {
    both.close();
  }

  private void everyRequestIsAnswered(int requests, Duration between) throws Exception {
    for (int i = 0; i < requests; i++) {
      WireMessage answer = both.throughHone();
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(both.captured(answer)).isEqualTo("Fine.");
      TimeUnit.NANOSECONDS.sleep(between.toNanos());
    }
  }

  private void afterEachAnswer(Consumer<Wire> then) {
    RawUpstream.Script fine = RawUpstream.json("200 OK", FINE);
    both.upstream().script(fine.then((request, wire) -> then.accept(wire)));
  }

  @Test
  void aConnectionServesOneRequestAfterTheOther() throws Exception {
    everyRequestIsAnswered(5, Duration.ZERO);
    both.upstream().script(RawUpstream.stream(StubUpstream.event("Fine."), "data: [DONE]\n\n"));
    everyRequestIsAnswered(5, Duration.ZERO);

    assertThat(both.upstream().connections()).isEqualTo(1);
  }

  @Test
  void connectionsClosedAtOnce() throws Exception {
    afterEachAnswer(wire -> wire.closeIdleAfter(Duration.ZERO));
    everyRequestIsAnswered(5, Duration.ZERO);
  }

  @Test
  void connectionsClosedAfterAWhile() throws Exception {
    afterEachAnswer(wire -> wire.closeIdleAfter(Duration.ofMillis(20)));
    everyRequestIsAnswered(5, Duration.ofMillis(60));
  }

  @Test
  void connectionsClosedAtTheMomentTheNextRequestArrives() throws Exception {
    afterEachAnswer(Wire::closeWhenUsed);
    everyRequestIsAnswered(5, Duration.ZERO);
  }

  @Test
  void aRequestThatWasWorkedOnIsNotSentTwice() throws Exception {
    everyRequestIsAnswered(1, Duration.ZERO);
    AtomicInteger asked = new AtomicInteger();
    both.upstream()
        .script(
            (request, wire) -> {
              asked.incrementAndGet();
              wire.pause(Duration.ofMillis(1_500)).close();
            });

    assertThat(both.throughHone().status()).isEqualTo(502);
    assertThat(asked).hasValue(1);
  }

  /** Goes away once something of the answer, or nothing for a moment, has come. */
  private JsonNode cancelled(RawUpstream.Script begin, boolean awaitBegin) throws Exception {
    CompletableFuture<Boolean> left = new CompletableFuture<>();
    CompletableFuture<Void> asked = new CompletableFuture<>();
    both.upstream()
        .script(
            (request, wire) -> {
              begin.answer(request, wire);
              asked.complete(null);
              left.complete(wire.leftWithin(BOUND));
            });
    try (WireClient client = new WireClient(both.hone().url())) {
      client.send(
          "POST /v1/chat/completions HTTP/1.1\nContent-Type: application/json",
          Behind.QUESTION.getBytes(UTF_8));
      asked.get(BOUND.toSeconds(), TimeUnit.SECONDS);
      if (awaitBegin) {
        client.awaitBegin();
      }
    }
    assertThat(left.get(2 * BOUND.toSeconds(), TimeUnit.SECONDS))
        .as("the model sees that its client has gone away")
        .isTrue();
    Await.until(
        "the interaction is no longer open",
        () -> !newest().path("state").asText().equals("opened"));
    return newest();
  }

  private JsonNode newest() throws Exception {
    return both.hone().client().list("interactions").getFirst();
  }

  @Test
  void aClientThatGoesAwayInTheMiddleOfAStreamCancelsTheModel() throws Exception {
    JsonNode receipt = cancelled(RawUpstream.begunStream(StubUpstream.event("half")), true);

    assertThat(receipt.path("state").asText()).isEqualTo("interrupted");
  }

  @Test
  void aClientThatGoesAwayBeforeTheFirstByteCancelsTheModel() throws Exception {
    JsonNode receipt = cancelled((request, wire) -> {}, false);

    assertThat(receipt.path("state").asText()).isEqualTo("interrupted");
  }
}
