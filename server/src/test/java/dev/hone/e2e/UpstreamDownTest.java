package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When the model cannot be reached, the client is told so, and the interaction is kept as failed.
 */
class UpstreamDownTest {

  @TempDir Path data;

  private static String nobodysUrl() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  private static void assertTold(HoneClient.Answer answer) {
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.header("content-type")).startsWith("application/json");
    assertThat(answer.json().at("/error/type").asText()).isEqualTo("api_error");
    assertThat(answer.json().at("/error/code").asText()).isEqualTo("upstream_unreachable");
    assertThat(answer.json().at("/error/message").asText())
        .startsWith("The upstream model cannot be reached")
        .contains("upstream.url");
  }

  private static void assertFailed(HoneFixture hone) throws Exception {
    List<JsonNode> kept = hone.client().list("interactions");
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst().path("state").asText()).isEqualTo("failed");
    assertThat(kept.getFirst().at("/learning/status").asText()).isEqualTo("excluded");
  }

  @Test
  void aModelThatIsNotThereGivesABadGatewayAndAFailedInteraction() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "upstream.url=" + nobodysUrl())) {

      assertTold(hone.client().chat(Json.chat("any", "Hello there")));

      assertFailed(hone);
    }
  }

  @Test
  void theBadGatewayNamesTheInteraction() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "upstream.url=" + nobodysUrl())) {

      HoneClient.Answer answer = hone.client().chat(Json.chat("any", "Hello there"));

      String id = hone.client().list("interactions").getFirst().path("id").asText();
      assertThat(answer.interaction()).isEqualTo(id);
    }
  }

  @Test
  void otherPathsTellOfItToo() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "upstream.url=" + nobodysUrl())) {

      assertTold(hone.client().get("/v1/files"));
      assertTold(hone.client().post("/v1/embeddings", "{}"));
    }
  }

  @Test
  void aModelThatHangsUpWithoutAWordGivesABadGatewayAndAFailedInteraction() throws Exception {
    try (StubUpstream stub =
            new StubUpstream(
                (request, exchange) -> {
                  throw new IOException("the model dies");
                });
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {

      assertTold(hone.client().chat(Json.chat("any", "Hello there")));

      assertFailed(hone);
    }
  }

  @Test
  void anAnswerThatBreaksOffInTheMiddleGivesABadGatewayAndAFailedInteraction() throws Exception {
    try (StubUpstream stub =
            new StubUpstream(
                (request, exchange) -> {
                  exchange.getResponseHeaders().set("Content-Type", "application/json");
                  exchange.sendResponseHeaders(200, 5_000);
                  exchange.getResponseBody().write("{\"choices\":[".getBytes(UTF_8));
                  exchange.getResponseBody().flush();
                  throw new IOException("the model dies");
                });
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {

      assertTold(hone.client().chat(Json.chat("any", "Hello there")));

      assertFailed(hone);
    }
  }

  @Test
  void afterwardsItGoesOnAsIfNothingHadBeen() throws Exception {
    try (StubUpstream stub =
            new StubUpstream(
                StubUpstream.inTurn(
                    (request, exchange) -> {
                      throw new IOException("the model dies");
                    },
                    StubUpstream.says("Back again.")));
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {
      assertTold(hone.client().chat(Json.chat("any", "Hello there")));

      HoneClient.Answer answer = hone.client().chat(Json.chat("any", "Hello there"));

      assertThat(answer.said()).isEqualTo("Back again.");
      assertThat(answer.header("x-hone-capture")).isEqualTo("durable");
    }
  }
}
