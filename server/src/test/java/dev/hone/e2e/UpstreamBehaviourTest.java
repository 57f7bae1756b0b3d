package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * However odd a model server's answer is on the wire, a client sees through Hone what it would see
 * directly, and the answer is captured.
 */
class UpstreamBehaviourTest {

  private static final String WHOLE = StubUpstream.completion("Grüße 日本語 👩‍🚀");
  private static final String[] EVENTS = {
    StubUpstream.event("Grüße"), StubUpstream.event(" 日本語 👩‍🚀"), "data: [DONE]\n\n"
  };
  private static final String STREAM = String.join("", EVENTS);
  private static final String SAID = "Grüße 日本語 👩‍🚀";
  private static final String JSON = "Content-Type: application/json";
  private static final String SSE = "Content-Type: text/event-stream";
  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final Duration A_WHILE = Duration.ofMillis(300);
  private static final Duration A_MOMENT = Duration.ofMillis(2);
  private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

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

  private void isInvisible(RawUpstream.Script script, String... headers) throws Exception {
    assertThat(both.captured(both.sameEitherWay(script, headers))).isEqualTo(SAID);
  }

  /** Every byte by itself. */
  private static RawUpstream.Script bytewise(String head, String body) {
    return (request, wire) -> {
      wire.head("200 OK", head, "Content-Length: " + body.getBytes(UTF_8).length);
      for (byte each : body.getBytes(UTF_8)) {
        wire.send(new byte[] {each}).pause(Duration.ofNanos(100_000));
      }
    };
  }

  @Test
  void charactersSplitAcrossSegmentsAndSlowBytes() throws Exception {
    isInvisible(bytewise(JSON, WHOLE));
    isInvisible(bytewise(SSE, STREAM));
  }

  @Test
  void aSlowFirstByteAndSlowEvents() throws Exception {
    isInvisible(
        (request, wire) -> {
          wire.pause(A_WHILE).head("200 OK", SSE, CHUNKED).pause(A_WHILE);
          for (String event : EVENTS) {
            wire.chunk(event).pause(A_WHILE);
          }
          wire.lastChunk();
        });
    isInvisible(
        (request, wire) -> wire.pause(A_WHILE).whole("200 OK", WHOLE.getBytes(UTF_8), JSON));
  }

  @Test
  void aStreamOfWhichEachByteIsAChunk() throws Exception {
    isInvisible(
        (request, wire) -> {
          wire.head("200 OK", SSE, CHUNKED);
          for (byte each : STREAM.getBytes(UTF_8)) {
            wire.chunk(new byte[] {each});
          }
          wire.lastChunk();
        });
  }

  @Test
  void compressionThatTheClientAskedFor() throws Exception {
    isInvisible(
        RawUpstream.whole(
            "200 OK", "application/json", RawUpstream.gzip(WHOLE), "Content-Encoding: gzip"),
        "Accept-Encoding: gzip");
    isInvisible(
        RawUpstream.whole(
            "200 OK", "text/event-stream", RawUpstream.gzip(STREAM), "Content-Encoding: gzip"),
        "Accept-Encoding: gzip");
  }

  @Test
  void compressionThatNobodyAskedFor() throws Exception {
    isInvisible(
        RawUpstream.whole(
            "200 OK", "application/json", RawUpstream.gzip(WHOLE), "Content-Encoding: gzip"));
    isInvisible(
        RawUpstream.whole(
            "200 OK", "text/event-stream", RawUpstream.gzip(STREAM), "Content-Encoding: gzip"));
  }

  @Test
  void tenMegabytesOfJson() throws Exception {
    String padding = " ".repeat(TEN_MEGABYTES);
    isInvisible(RawUpstream.json("200 OK", padding + WHOLE));
  }

  @Test
  void tenMegabytesOfRequest() throws Exception {
    String answer = StubUpstream.completion(SAID);
    both.upstream().script(RawUpstream.json("200 OK", answer));
    String question = Json.chat("stub-1", "Hello there, " + "é".repeat(TEN_MEGABYTES / 2));

    assertThat(WireClient.chat(both.hone().url(), question).text()).isEqualTo(answer);
    assertThat(both.upstream().last().text().equals(question)).isTrue();
  }

  @Test
  void tenMegabytesOfEvents() throws Exception {
    String comment = ": " + "x".repeat(1022) + "\n\n";
    String[] pieces = new String[TEN_MEGABYTES / comment.length() + EVENTS.length];
    Arrays.fill(pieces, comment);
    System.arraycopy(EVENTS, 0, pieces, pieces.length - EVENTS.length, EVENTS.length);
    isInvisible(RawUpstream.stream(pieces));
  }

  @Test
  void interimAnswers() throws Exception {
    isInvisible(
        (request, wire) ->
            wire.head("100 Continue")
                .head("103 Early Hints", "Link: </x>; rel=preload")
                .whole("200 OK", WHOLE.getBytes(UTF_8), JSON));
  }

  @Test
  void anEndThatIsTheEndOfTheConnection() throws Exception {
    isInvisible(
        (request, wire) ->
            wire.head("200 OK", JSON, "Connection: close").send(WHOLE).pause(A_MOMENT).close());
    isInvisible(
        (request, wire) -> {
          wire.head("200 OK", SSE, "Connection: close");
          for (String event : EVENTS) {
            wire.send(event).pause(A_MOMENT);
          }
          wire.close();
        });
  }

  @Test
  void chunkExtensionsAndTrailers() throws Exception {
    isInvisible(
        (request, wire) -> {
          wire.head("200 OK", SSE, CHUNKED, "Trailer: X-Sum");
          for (String event : EVENTS) {
            wire.chunk(event.getBytes(UTF_8), ";name=value");
          }
          wire.lastChunk("X-Sum: 7");
        });
    isInvisible(
        (request, wire) ->
            wire.head("200 OK", JSON, CHUNKED, "Trailer: X-Sum")
                .chunk(WHOLE.getBytes(UTF_8), ";q=\"1\"")
                .lastChunk("X-Sum: 7"));
  }

  @Test
  void headersThatComeTwiceAndHeadersInAnyCase() throws Exception {
    isInvisible(
        RawUpstream.json(
            "200 OK", WHOLE, "SET-COOKIE: a=1; Path=/", "set-cookie: b=2", "X-ODD: 1", "x-odd:2"));
  }
}
