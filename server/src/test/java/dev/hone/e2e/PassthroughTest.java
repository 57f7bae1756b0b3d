package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything else under {@code /v1} passes through untouched. */
class PassthroughTest {

  @TempDir Path data;
  private StubUpstream stub;
  private HoneFixture hone;

  @BeforeEach
  void start() throws Exception {
    stub = new StubUpstream(StubUpstream.says("Fine."));
    hone = HoneFixture.start(data, "upstream.url=" + stub.url());
  }

  @AfterEach
  void stop() {
    hone.close();
    stub.close();
  }

  @Test
  void aGetPassesWithItsQueryAndTheAnswerWithStatusHeadersAndBytes() throws Exception {
    String body = "{ \"data\":[1.00] }\n";
    stub.script(StubUpstream.json(203, body, "X-Request-Id", "r9", "X-Odd", "1"));

    HoneClient.Answer answer =
        hone.client()
            .with("authorization", "Bearer k", "x-extra", "e")
            .get("/v1/files/a%2Fb%20c?after=x%26y&limit=2&q=%C3%A9");

    assertThat(stub.last().method()).isEqualTo("GET");
    assertThat(stub.last().target()).isEqualTo("/v1/files/a%2Fb%20c?after=x%26y&limit=2&q=%C3%A9");
    assertThat(stub.last().headers().getFirst("Authorization")).isEqualTo("Bearer k");
    assertThat(stub.last().headers().getFirst("X-Extra")).isEqualTo("e");
    assertThat(answer.status()).isEqualTo(203);
    assertThat(answer.bytes()).isEqualTo(body.getBytes(UTF_8));
    assertThat(answer.header("x-request-id")).isEqualTo("r9");
    assertThat(answer.header("x-odd")).isEqualTo("1");
  }

  @Test
  void aPostPassesByteForByteAndIsCaptured() throws Exception {
    String body = "{ \"input\":\"caf\\u00e9\", \"model\":\"e-1\" , \"n\":1.0 }";
    stub.script(StubUpstream.json(200, "{\"object\":\"list\"}"));

    HoneClient.Answer answer = hone.client().post("/v1/embeddings", body);

    assertThat(answer.text()).isEqualTo("{\"object\":\"list\"}");
    assertThat(stub.last().method()).isEqualTo("POST");
    assertThat(stub.last().target()).isEqualTo("/v1/embeddings");
    assertThat(stub.last().text()).isEqualTo(body);
    assertThat(stub.last().headers().getFirst("Content-Type")).isEqualTo("application/json");
    JsonNode receipt = hone.client().receipt(answer.interaction());
    assertThat(receipt.path("path").asText()).isEqualTo("/v1/embeddings");
    assertThat(receipt.path("state").asText()).isEqualTo("completed");
    assertThat(receipt.at("/messages/0/content").asText()).isEqualTo("café");
    assertThat(receipt.at("/learning/status").asText()).isEqualTo("excluded");
  }

  @Test
  void whatIsNotToBeCapturedIsNot() throws Exception {
    stub.script(StubUpstream.json(200, "{}"));
    HoneClient client = hone.client();

    client.with("x-hone-mode", "off").post("/v1/embeddings", "{\"input\":\"a\"}");
    client.post("/v1/files", "not JSON");
    client.get("/v1/files");

    assertThat(client.list("interactions")).isEmpty();
  }

  @Test
  void aHeadIsAnsweredWithTheLengthOfWhatWouldCome() throws Exception {
    stub.script(
        (request, exchange) -> {
          exchange.getResponseHeaders().set("Content-Length", "1234");
          exchange.sendResponseHeaders(200, -1);
        });
    try (RawHttp client = new RawHttp(hone.port())) {
      client.send(
          """
          HEAD /v1/files/f1/content HTTP/1.1
          Host: 127.0.0.1
          """,
          "");

      assertThat(client.readTo("\r\n\r\n")).contains("200 OK").contains("Content-Length: 1234");
    }
  }

  @Test
  void anErrorOfTheModelPassesAsItIs() throws Exception {
    stub.script(StubUpstream.json(429, "{\"error\":{\"x\":1}}", "Retry-After", "3"));

    HoneClient.Answer answer = hone.client().post("/v1/responses", "{}");

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.text()).isEqualTo("{\"error\":{\"x\":1}}");
    assertThat(answer.header("retry-after")).isEqualTo("3");
  }

  @Test
  void anAnswerWithoutABodyPasses() throws Exception {
    stub.script((request, exchange) -> exchange.sendResponseHeaders(204, -1));

    HoneClient.Answer answer = hone.client().get("/v1/nothing");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.bytes()).isEmpty();
  }

  @Test
  void aStreamOfEventsPasses() throws Exception {
    stub.script(StubUpstream.streams("event: a\ndata: 1\n\n", "event: b\ndata: 2\n\n"));

    HoneClient.Answer answer = hone.client().post("/v1/responses", "{\"stream\":true}");

    assertThat(answer.text()).isEqualTo("event: a\ndata: 1\n\nevent: b\ndata: 2\n\n");
    assertThat(answer.header("content-type")).isEqualTo("text/event-stream");
  }
}
