package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model is waited for as long as somebody waits, and no longer than the settings say. */
class PatienceTest {

  @TempDir Path data;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch brokenOff = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    end.countDown();
  }

  /** Answers nothing at all. */
  private void silent(StubUpstream.Received request, HttpExchange exchange) throws Exception {
    asked.countDown();
    end.await(60, TimeUnit.SECONDS);
  }

  /** Begins to answer, then says nothing, and tries now and then whether anybody listens. */
  private void pausing(StubUpstream.Received request, HttpExchange exchange) throws Exception {
    OutputStream out = StubUpstream.stream(exchange);
    out.write(StubUpstream.event("half").getBytes(UTF_8));
    out.flush();
    asked.countDown();
    while (!end.await(50, TimeUnit.MILLISECONDS)) {
      try {
        out.write(": still here\n\n".getBytes(UTF_8));
        out.flush();
      } catch (IOException e) {
        brokenOff.countDown();
        throw e;
      }
    }
  }

  private static String state(HoneFixture hone) throws Exception {
    return hone.client().list("interactions").stream()
        .map(each -> each.path("state").asText())
        .findFirst()
        .orElse("none");
  }

  private static void leave(HoneFixture hone, CountDownLatch when) throws Exception {
    try (RawHttp client = new RawHttp(hone.port())) {
      client.send(
          """
          POST /v1/chat/completions HTTP/1.1
          Host: 127.0.0.1
          """,
          Json.chat("m", "Is anybody there?"));
      assertThat(when.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aClientThatLeavesBeforeTheFirstByteInterruptsItsRequest() throws Exception {
    try (StubUpstream stub = new StubUpstream(this::silent);
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {
      leave(hone, asked);

      Await.until("interrupted", () -> state(hone).equals("interrupted"));
      assertThat(hone.client().get("/metrics").text()).contains("hone_abandoned_total 1.0");
    }
  }

  @Test
  void aClientThatLeavesInTheMiddleOfAStreamBreaksTheModelOff() throws Exception {
    try (StubUpstream stub = new StubUpstream(this::pausing);
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {
      leave(hone, asked);

      assertThat(brokenOff.await(30, TimeUnit.SECONDS)).isTrue();
      Await.until("interrupted", () -> state(hone).equals("interrupted"));
    }
  }

  @Test
  void aClientThatStopsReadingAndLeavesBreaksTheModelOffToo() throws Exception {
    byte[] event = StubUpstream.event("x".repeat(8_000)).getBytes(UTF_8);
    CountDownLatch muchSent = new CountDownLatch(1);
    try (StubUpstream stub =
            new StubUpstream(
                (request, exchange) -> {
                  OutputStream out = StubUpstream.stream(exchange);
                  Thread.ofVirtual()
                      .start(
                          () -> {
                            try {
                              Thread.sleep(1_500);
                            } catch (InterruptedException e) {
                              Thread.currentThread().interrupt();
                            }
                            muchSent.countDown();
                          });
                  try {
                    while (end.getCount() > 0) {
                      out.write(event);
                      out.flush();
                    }
                  } catch (IOException e) {
                    brokenOff.countDown();
                    throw e;
                  }
                });
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {
      leave(hone, muchSent);

      assertThat(brokenOff.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aModelThatSaysNothingForTooLongGivesAGatewayTimeout() throws Exception {
    try (StubUpstream stub = new StubUpstream(this::silent);
        HoneFixture hone =
            HoneFixture.start(data, "upstream.url=" + stub.url(), "upstream.first=300ms")) {

      HoneClient.Answer answer = hone.client().chat(Json.chat("m", "Is anybody there?"));

      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.json().at("/error/code").asText()).isEqualTo("upstream_silent");
      assertThat(state(hone)).isEqualTo("failed");
      assertThat(hone.client().post("/v1/audio/speech", "x").status()).isEqualTo(504);
    }
  }

  @Test
  void anAnswerThatPausesForTooLongBreaksOff() throws Exception {
    try (StubUpstream stub =
            new StubUpstream(
                (request, exchange) -> {
                  OutputStream out = StubUpstream.stream(exchange);
                  out.write(StubUpstream.event("half").getBytes(UTF_8));
                  out.flush();
                  end.await(60, TimeUnit.SECONDS);
                });
        HoneFixture hone =
            HoneFixture.start(data, "upstream.url=" + stub.url(), "upstream.silence=300ms");
        RawHttp client = new RawHttp(hone.port())) {
      client.send(
          """
          POST /v1/chat/completions HTTP/1.1
          Host: 127.0.0.1
          """,
          Json.chat("m", "Is anybody there?"));

      client.readTo("half");
      client.readTo("}\n\n\r\n");
      assertThat(client.closed()).as("without the last chunk").isTrue();
      assertThat(state(hone)).isEqualTo("interrupted");
    }
  }

  @Test
  void aClientThatIsSlowToReadGetsEverything() throws Exception {
    String[] pieces = new String[2_000];
    Arrays.fill(pieces, StubUpstream.event("x".repeat(4_000)));
    pieces[pieces.length - 1] = "data: [DONE]\n\n";
    try (StubUpstream stub = new StubUpstream(StubUpstream.streams(pieces));
        HoneFixture hone =
            HoneFixture.start(data, "upstream.url=" + stub.url(), "upstream.silence=2s");
        RawHttp client = new RawHttp(hone.port())) {
      client.send(
          """
          POST /v1/chat/completions HTTP/1.1
          Host: 127.0.0.1
          """,
          Json.chat("m", "Tell me all."));
      client.readTo("\r\n\r\n");
      Thread.sleep(3_000);

      String rest = client.readRest();
      assertThat(rest).hasSizeGreaterThan(7_990_000).contains("data: [DONE]");
    }
  }
}
