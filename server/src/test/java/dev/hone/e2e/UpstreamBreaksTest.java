package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model server that breaks off: before the answer has begun, the client is told so (502); in the
 * middle of a stream, the client's stream breaks off too. Nothing broken is kept as complete.
 */
class UpstreamBreaksTest {

  private static final String JSON = "Content-Type: application/json";
  private static final Duration A_MOMENT = Duration.ofMillis(50);

  /** How a connection ends too soon. */
  private interface Break {
    void of(Wire wire) throws IOException;
  }

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

  /** Directly there is nothing to be read; Hone says what happened. */
  private void isTold(RawUpstream.Script script) throws Exception {
    both.upstream().script(script);
    assertThat(both.directly().complete()).isFalse();

    WireMessage answer = both.throughHone();

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.complete()).isTrue();
    assertThat(answer.json().at("/error/message").asText()).contains("broke off");
    assertThat(both.state(answer)).isEqualTo("failed");
  }

  /** The client's stream breaks where the model's did: no end is made up. */
  private void breaksToo(RawUpstream.Script script, String begun) throws Exception {
    both.upstream().script(script);
    WireMessage direct = both.directly();
    assertThat(direct.complete()).isFalse();
    assertThat(direct.text()).isEqualTo(begun);

    WireMessage answer = both.throughHone();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.complete()).isFalse();
    assertThat(begun).startsWith(answer.text());
    assertThat(answer.text()).contains("half");
    assertThat(both.state(answer)).isEqualTo("interrupted");
  }

  @Test
  void aConnectionThatEndsBeforeTheHead() throws Exception {
    isTold((request, wire) -> wire.close());
    isTold((request, wire) -> wire.reset());
  }

  @Test
  void aConnectionThatEndsInTheHead() throws Exception {
    String half = "HTTP/1.1 200 OK\r\nContent-Ty";
    isTold((request, wire) -> wire.send(half).pause(A_MOMENT).close());
    isTold((request, wire) -> wire.send(half).pause(A_MOMENT).reset());
  }

  @Test
  void aConnectionThatEndsInTheMiddleOfJson() throws Exception {
    String half = StubUpstream.completion("Fine.").substring(0, 40);
    for (Break end : new Break[] {Wire::close, Wire::reset}) {
      isTold(
          (request, wire) -> {
            wire.head("200 OK", JSON, "Content-Length: 1000").send(half).pause(A_MOMENT);
            end.of(wire);
          });
      isTold(
          (request, wire) -> {
            wire.head("200 OK", JSON, "Transfer-Encoding: chunked").chunk(half).pause(A_MOMENT);
            end.of(wire);
          });
    }
  }

  @Test
  void aConnectionThatEndsInTheMiddleOfAStream() throws Exception {
    String event = StubUpstream.event("half");
    RawUpstream.Script begun = RawUpstream.begunStream(event);
    breaksToo(begun.then((request, wire) -> wire.pause(A_MOMENT).close()), event);
    breaksToo(begun.then((request, wire) -> wire.pause(A_MOMENT).reset()), event);
  }

  @Test
  void aConnectionThatEndsInTheMiddleOfAChunk() throws Exception {
    String event = StubUpstream.event("half");
    breaksToo(
        RawUpstream.begunStream(event)
            .then((request, wire) -> wire.send("ff\r\ndata: {").pause(A_MOMENT).close()),
        event + "data: {");
  }

  @Test
  void anErrorInAStreamPassesAndIsNoAnswer() throws Exception {
    WireMessage answer =
        both.sameEitherWay(
            RawUpstream.stream(
                StubUpstream.event("half"),
                "event: error\ndata: {\"error\":{\"message\":\"overloaded\",\"code\":null}}\n\n"));

    assertThat(answer.text()).contains("overloaded");
    assertThat(both.state(answer)).isEqualTo("failed");
  }

  @Test
  void noHttpAtAll() throws Exception {
    both.upstream().script((request, wire) -> wire.send("SSH-2.0-x\r\n\r\n").close());

    WireMessage answer = both.throughHone();

    assertThat(answer.status()).isEqualTo(502);
    assertThat(both.state(answer)).isEqualTo("failed");
  }

  @Test
  void theNextRequestAfterABreakIsAnswered() throws Exception {
    String fine = StubUpstream.completion("Fine.");
    both.upstream()
        .script(
            RawUpstream.inTurn((request, wire) -> wire.reset(), RawUpstream.json("200 OK", fine)));

    assertThat(both.throughHone().status()).isEqualTo(502);
    assertThat(both.throughHone().body()).isEqualTo(fine.getBytes(UTF_8));
  }
}
