package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outcomes that get worse are told over HTTP, and counted in the metrics. */
class AlarmsApiTest {

  private static final int BLOCK = 10;

  @TempDir Path data;

  /** Sessions of one interaction each, as one batch, all with this reward. */
  private static void happen(HoneClient client, int sessions, double reward) throws Exception {
    List<String> interactions = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      interactions.add(
          "{\"messages\":["
              + Json.message("user", "Question " + i + " at " + reward)
              + "],\"answer\":\"Yes.\",\"reward\":"
              + reward
              + "}");
    }
    HoneClient.Answer taken =
        client.post(
            "/api/v1/interactions/batch",
            "{\"interactions\":[" + String.join(",", interactions) + "]}");
    assertThat(taken.status()).as(taken.text()).isEqualTo(201);
  }

  private static JsonNode alarm(HoneClient client) throws Exception {
    HoneClient.Answer answer = client.get("/api/v1/alarms");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("items")).hasSize(3);
    return answer.json().path("items").path(0);
  }

  private static boolean gauged(HoneClient client, String value) throws Exception {
    return client
        .get("/metrics")
        .text()
        .contains("hone_alarms{kind=\"falling-without-refinement\"} " + value);
  }

  @Test
  void aFallIsToldWithItsNumbers() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "alarm.sessions=10", "alarm.every=100ms")) {
      HoneClient client = hone.client();
      assertThat(alarm(client).path("status").asText()).isEqualTo("unknown");
      assertThat(alarm(client).path("bound").isNull()).isTrue();

      happen(client, 5 * BLOCK, 1.0);
      assertThat(alarm(client).path("status").asText()).isEqualTo("quiet");
      assertThat(gauged(client, "0.0")).isTrue();

      happen(client, 5 * BLOCK, 0.0);
      JsonNode alarm = alarm(client);
      assertThat(alarm.path("status").asText()).isEqualTo("raised");
      assertThat(alarm.path("kind").asText()).isEqualTo("falling-without-refinement");
      assertThat(alarm.path("advice").asText()).contains("hone refine --dry-run");
      assertThat(alarm.at("/groups/0/mean").asDouble())
          .isGreaterThan(alarm.at("/groups/1/mean").asDouble() + alarm.path("bound").asDouble());
      Await.until("it is counted", () -> gauged(client, "1.0"));
    }
  }
}
