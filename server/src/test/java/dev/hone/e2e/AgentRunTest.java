package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that calls a tool three hundred times in one conversation. */
class AgentRunTest {

  private static final int CALLS = 300;
  private static final String DONE = "The leak is at joint 217.";

  @TempDir Path data;

  private static String call(int number) {
    return "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_"
        + number
        + "\",\"type\":\"function\",\"function\":{\"name\":\"inspect\",\"arguments\":\"{\\\"joint\\\":"
        + number
        + "}\"}}]}";
  }

  private static StubUpstream.Script agent() {
    return (request, exchange) -> {
      int told = request.json().path("messages").size() / 2;
      ObjectNode body = (ObjectNode) Json.read(StubUpstream.completion(DONE));
      if (told < CALLS) {
        ((ObjectNode) body.at("/choices/0")).set("message", Json.read(call(told)));
        ((ObjectNode) body.at("/choices/0")).put("finish_reason", "tool_calls");
      }
      byte[] bytes = body.toString().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  @Test
  void isOneEpisodeWithItsOutcome() throws Exception {
    try (StubUpstream model = new StubUpstream(agent());
        HoneFixture hone =
            HoneFixture.start(
                data,
                "upstream.url=" + model.url(),
                "learning.idle=1ms",
                "episode.idle=1h",
                "episode.outcome=100ms")) {
      HoneClient client = hone.client();
      List<String> messages = new ArrayList<>();
      messages.add(Json.message("user", "Find the leak of the Kestrel rig."));
      HoneClient.Answer answer = null;
      for (int i = 0; i <= CALLS; i++) {
        answer = client.chat(Json.chatOf("m", messages.toArray(String[]::new)));
        messages.add(answer.json().at("/choices/0/message").toString());
        messages.add("{\"role\":\"tool\",\"tool_call_id\":\"call_" + i + "\",\"content\":\"dry\"}");
      }
      assertThat(answer.said()).isEqualTo(DONE);
      String last = answer.interaction();
      client.post(
          "/api/v1/feedback",
          "{\"interaction_id\":\"" + last + "\",\"metric\":\"reward\",\"value\":1}");
      Await.until(
          "the run was learned from, and nobody had to ask for it",
          () -> client.get("/api/v1/learning").json().path("backlog").asInt() == 0);

      List<JsonNode> episodes = client.list("episodes");
      assertThat(episodes).hasSize(1);
      assertThat(episodes.getFirst().path("interactions").asInt()).isEqualTo(CALLS + 1);
      JsonNode whole =
          client.get("/api/v1/episodes/" + episodes.getFirst().path("id").asText()).json();
      assertThat(whole.path("interactions")).hasSize(CALLS + 1);
      assertThat(whole.path("interactions").get(CALLS).at("/outcomes/0/metric").asText())
          .isEqualTo("reward");
    }
  }
}
