package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers too large to be kept pass in full, or break where the model's did. */
class LargeAnswerTest {

  private static final int PIECES = 40;
  private static final byte[] PIECE = new byte[1 << 20];

  static {
    Arrays.fill(PIECE, (byte) 'x');
  }

  @TempDir Path data;

  private static StubUpstream.Script sends(int pieces) {
    return (request, exchange) -> {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, (long) PIECES * PIECE.length + 2);
      OutputStream out = exchange.getResponseBody();
      out.write("{\"".getBytes(ISO_8859_1));
      for (int i = 0; i < pieces; i++) {
        out.write(PIECE);
      }
      if (pieces < PIECES) {
        throw new IOException("breaks off");
      }
    };
  }

  @Test
  void oneThatIsLargerThanWhatIsKeptPassesInFull() throws Exception {
    try (StubUpstream stub = new StubUpstream(sends(PIECES));
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {

      HoneClient.Answer answer = hone.client().chat(Json.chat("m", "All of it, please."));

      assertThat(answer.bytes()).hasSize(PIECES * PIECE.length + 2);
      assertThat(answer.header("x-hone-capture")).isEqualTo("durable");
      JsonNode receipt = hone.client().receipt(answer.interaction());
      assertThat(receipt.path("state").asText()).isEqualTo("completed");
      assertThat(receipt.has("answer")).as("its words were not kept").isFalse();
      assertThat(receipt.at("/learning/status").asText()).isEqualTo("excluded");
    }
  }

  @Test
  void aStreamLargerThanWhatIsKeptPassesInFullAndIsNotKeptInPart() throws Exception {
    String[] pieces = new String[20];
    Arrays.fill(pieces, StubUpstream.event("x".repeat(1 << 20)));
    pieces[pieces.length - 1] = "data: [DONE]\n\n";
    try (StubUpstream stub = new StubUpstream(StubUpstream.streams(pieces));
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {

      HoneClient.Answer answer = hone.client().chat(Json.chat("m", "All of it, please."));

      assertThat(answer.text()).isEqualTo(String.join("", pieces));
      JsonNode receipt = hone.client().receipt(answer.interaction());
      assertThat(receipt.path("state").asText()).isEqualTo("completed");
      assertThat(receipt.has("answer")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"augment", "off"})
  void oneThatBreaksOffIsNotEndedForIt(String mode) throws Exception {
    try (StubUpstream stub = new StubUpstream(sends(PIECES / 2));
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {
      HoneClient client = hone.client().with("x-hone-mode", mode);

      assertThatThrownBy(() -> client.chat(Json.chat("m", "All of it, please.")))
          .isInstanceOf(IOException.class);
      if (mode.equals("augment")) {
        Await.until(
            "interrupted",
            () ->
                hone.client()
                    .list("interactions")
                    .getFirst()
                    .path("state")
                    .asText()
                    .equals("interrupted"));
      }
    }
  }
}
