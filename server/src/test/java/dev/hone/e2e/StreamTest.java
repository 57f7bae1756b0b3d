package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams flow: headers first, every event at once, and an end only where the model ended. */
class StreamTest {

  private static final List<String> HEADERS =
      List.of(
          "x-hone-interaction-id",
          "x-hone-experiences",
          "x-hone-tokens",
          "x-hone-mode",
          "x-hone-overhead-ms",
          "x-hone-capture");

  @TempDir Path data;
  private StubUpstream stub;
  private HoneFixture hone;

  @BeforeEach
  void start() throws Exception {
    stub = new StubUpstream(StubUpstream.says("Fine."));
    hone =
        HoneFixture.start(
            data, "upstream.url=" + stub.url(), "refine.growth=0", "retrieval.tokens=100000");
  }

  @AfterEach
  void stop() {
    hone.close();
    stub.close();
  }

  @Test
  void headersAndTheFirstEventArriveWhileTheModelIsStillAnswering() throws Exception {
    hone.client().teach("How is the cooling loop of the Kestrel rig closed?", "Turn lever V7.");
    hone.client().settle();
    CountDownLatch seen = new CountDownLatch(1);
    stub.script(
        (request, exchange) -> {
          OutputStream out = StubUpstream.stream(exchange);
          out.write(StubUpstream.event("one").getBytes(UTF_8));
          out.flush();
          if (seen.await(60, TimeUnit.SECONDS)) {
            out.write((StubUpstream.event("two") + "data: [DONE]\n\n").getBytes(UTF_8));
          }
        });

    try (RawHttp http = new RawHttp(hone.port())) {
      http.send(
          "POST /v1/chat/completions HTTP/1.1\nHost: localhost\nContent-Type: application/json",
          Json.chat("stub-1", "How is the cooling loop of the Kestrel rig closed?"));
      String head = http.readTo("\r\n\r\n").toLowerCase(Locale.ROOT);
      String first = http.readTo("one");
      seen.countDown();
      String rest = http.readTo("\r\n0\r\n\r\n");

      assertThat(head).contains(HEADERS).contains("x-hone-mode: augmented");
      assertThat(first).doesNotContain("two");
      assertThat(rest).contains("two").contains("[DONE]");
    }
  }

  @Test
  void headersStayBelowOneKilobyteHoweverManyItemsAreShown() throws Exception {
    String[] topics = {"walrus", "granite", "saffron", "tundra", "clarinet", "lagoon"};
    for (String topic : topics) {
      for (int i = 1; i <= 5; i++) {
        hone.client().teach("Which " + topic + " is right?", topic + " rule number " + i + ".");
      }
    }
    hone.client().settle();
    stub.script(StubUpstream.streams(StubUpstream.event("Fine."), "data: [DONE]\n\n"));
    List<String> messages = new ArrayList<>();
    HoneClient.Answer answer = null;
    for (String topic : topics) {
      messages.add(Json.message("user", "Which " + topic + " is right?"));
      answer = hone.client().chat(Json.chatOf("stub-1", messages.toArray(String[]::new)));
      messages.add(Json.message("assistant", "Fine."));
    }

    JsonNode exposures = hone.client().receipt(answer.interaction()).path("exposures");
    int bytes = 0;
    for (String name : HEADERS) {
      assertThat(answer.header(name)).as(name).isNotEmpty();
      bytes += (name + ": " + answer.header(name) + "\r\n").length();
    }

    assertThat(exposures).hasSize(30);
    assertThat(bytes).isLessThan(1024);
    assertThat(answer.header("x-hone-experiences"))
        .startsWith(exposures.path(0).path("experience_id").asText() + ",");
  }

  @Test
  void aStreamThatBreaksOffAtTheModelBreaksOffAtTheClientAndIsNotLearnedFrom() throws Exception {
    stub.script(
        (request, exchange) -> {
          OutputStream out = StubUpstream.stream(exchange);
          out.write(StubUpstream.event("half").getBytes(UTF_8));
          out.flush();
          throw new IOException("the model dies");
        });
    var response = hone.client().stream(Json.chat("stub-1", "Hello there"));
    String id = response.headers().firstValue("x-hone-interaction-id").orElseThrow();

    Await.until(
        "the interaction is no longer open",
        () -> !hone.client().receipt(id).path("state").asText().equals("opened"));

    JsonNode receipt = hone.client().receipt(id);
    assertThat(receipt.path("state").asText()).isEqualTo("interrupted");
    assertThat(receipt.at("/learning/status").asText()).isEqualTo("excluded");
    assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
  }

  /** What becomes of a stream of these pieces. */
  private String state(String... pieces) throws Exception {
    stub.script(StubUpstream.streams(pieces));
    HoneClient.Answer answer = hone.client().chat(Json.chat("stub-1", "Hello there"));
    assertThat(answer.text()).isEqualTo(String.join("", pieces));
    return hone.client().receipt(answer.interaction()).path("state").asText();
  }

  @Test
  void aStreamIsCompleteWhenItSaysSo() throws Exception {
    String half = StubUpstream.event("half");
    String last = half.replace("\"finish_reason\":null", "\"finish_reason\":\"stop\"");

    assertThat(state(half, "data: [DONE]\n\n")).isEqualTo("completed");
    assertThat(state(half, last)).isEqualTo("completed");
    assertThat(state(half, half))
        .as("nobody knows whether more was to come")
        .isEqualTo("interrupted");
  }
}
