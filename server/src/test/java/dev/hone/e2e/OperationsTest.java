package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators see, and who is kept out. */
class OperationsTest {

  private static final String QUESTION = "How do I close the cooling loop of the Kestrel rig?";

  @TempDir Path data;
  private HoneFixture hone;

  @BeforeEach
  void start() {
    hone = HoneFixture.start(data);
  }

  @AfterEach
  void stop() {
    hone.close();
  }

  private double metric(String name) throws Exception {
    return hone.client()
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void itSaysThatItLivesIsReadyAndWhichVersionItIs() throws Exception {
    HoneClient client = hone.client();
    assertThat(client.get("/health/live").json().path("status").asText()).isEqualTo("up");
    assertThat(client.get("/health/ready").json().path("status").asText()).isEqualTo("ready");
    assertThat(client.get("/version").json().path("version").asText()).isNotBlank();
    assertThat(client.get("/metrics").header("content-type")).startsWith("text/plain");
  }

  @Test
  void itsCountersMoveWithWhatItDoes() throws Exception {
    String plain = "hone_requests_total{mode=\"nothing-relevant\",status=\"200\"}";
    String augmented = "hone_requests_total{mode=\"augmented\",status=\"200\"}";
    HoneClient client = hone.client();
    HoneClient.Answer wrong = client.ask(QUESTION);
    assertThat(metric(plain)).isEqualTo(1);
    assertThat(metric(augmented)).isZero();
    assertThat(metric("hone_injected_tokens_total")).isZero();

    client.correct(wrong.interaction(), "Turn the red lever V7 twice.");
    client.settle();
    assertThat(metric("hone_episodes_total{result=\"lessons\"}")).isEqualTo(1);
    assertThat(metric("hone_lessons_total")).isEqualTo(1);

    HoneClient.Answer right = client.ask(QUESTION);
    assertThat(metric(plain)).isEqualTo(1);
    assertThat(metric(augmented)).isEqualTo(1);
    assertThat(metric("hone_injected_tokens_total"))
        .isEqualTo(Integer.parseInt(right.header("x-hone-tokens")));
    assertThat(metric("hone_overhead_seconds_count")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, '', 200",
    "127.0.0.1:8420, '', 200",
    "[::1]:1, '', 200",
    "evil.example, '', 403",
    "localhost.evil.example, '', 403",
    "192.168.1.5, '', 403",
    "localhost, http://localhost:3000, 200",
    "localhost, http://127.0.0.1, 200",
    "localhost, https://evil.example, 403",
    "localhost, http://localhost.evil.example, 403",
    "localhost, null, 403"
  })
  void onlyThisMachineAndItsPagesComeIn(String host, String origin, int status) throws Exception {
    for (String path : new String[] {"/version", "/v1/models", "/api/v1/spaces"}) {
      try (RawHttp http = new RawHttp(hone.port())) {
        String answer =
            http.send(
                    "GET "
                        + path
                        + " HTTP/1.1\nHost: "
                        + host
                        + (origin.isEmpty() ? "" : "\nOrigin: " + origin),
                    "")
                .readAnswer();
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
      }
    }
  }

  @Test
  void aForeignPageCanNeitherAskNorTeach() throws Exception {
    try (RawHttp http = new RawHttp(hone.port())) {
      String answer =
          http.send(
                  "POST /api/v1/interactions HTTP/1.1\nHost: localhost\nOrigin:"
                      + " https://evil.example\nContent-Type: text/plain",
                  "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"correction\":\"y\"}")
              .readAnswer();

      assertThat(answer).startsWith("HTTP/1.1 403 ").contains("application/problem+json");
    }
    assertThat(hone.client().list("interactions")).isEmpty();
  }

  @Test
  void aForeignHostUnderV1IsToldInTheFormOfOpenAi() throws Exception {
    try (RawHttp http = new RawHttp(hone.port())) {
      String answer = http.send("GET /v1/models HTTP/1.1\nHost: evil.example", "").readAnswer();

      assertThat(answer).startsWith("HTTP/1.1 403 ").contains("{\"error\":{\"message\":");
    }
  }

  @Test
  void theConnectionIsClosedWhenTheClientAsksForIt() throws Exception {
    try (RawHttp http = new RawHttp(hone.port())) {
      http.send("GET /version HTTP/1.1\nHost: localhost", "");

      assertThat(http.readAnswer()).contains("Connection: close");
      assertThat(http.closed()).isTrue();
    }
  }
}
