package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.backend.store.Database;
import dev.hone.testing.Invariants;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent's run through the gateway, with calls of tools and a reward at its end. */
class ToolRunsTest {

  private static final String TASK = Json.message("user", "Book me a flight to Rome.");
  private static final String CALL =
      """
      {"role":"assistant","content":null,"tool_calls":[{"id":"call_4711","type":"function",\
      "function":{"name":"NAME","arguments":"{\\"to\\":\\"Rome\\"}"}}]}\
      """;
  private static final String RESULT =
      "{\"role\":\"tool\",\"tool_call_id\":\"call_4711\",\"content\":\"2 flights, 90 euros\"}";

  @TempDir Path data;

  @AfterEach
  void whatIsLearnedStandsInWhatWasSaid() {
    try (Database database = new Database(data.resolve("hone.db"))) {
      Invariants.hold(database);
    }
  }

  private static String completion(String message) {
    return "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
        + "[{\"index\":0,\"message\":"
        + message
        + ",\"finish_reason\":\"stop\"}]}";
  }

  /** Searches, books, and says so; the reward comes last. */
  private static String run(HoneClient client) throws Exception {
    String search = CALL.replace("NAME", "search");
    String book = CALL.replace("NAME", "book");
    client.chat(Json.chatOf("m", TASK));
    client.chat(Json.chatOf("m", TASK, search, RESULT));
    String last = client.chat(Json.chatOf("m", TASK, search, RESULT, book, RESULT)).interaction();
    HoneClient.Answer taken =
        client.post("/api/v1/feedback", "{\"interaction_id\":\"" + last + "\",\"reward\":1.0}");
    assertThat(taken.status()).as(taken.text()).isEqualTo(201);
    client.settle();
    return last;
  }

  private static StubUpstream agent() throws Exception {
    return new StubUpstream(
        StubUpstream.inTurn(
            StubUpstream.json(200, completion(CALL.replace("NAME", "search"))),
            StubUpstream.json(200, completion(CALL.replace("NAME", "book"))),
            StubUpstream.says("It is booked.")));
  }

  @Test
  void theBuiltInDistillerMakesAProcedureOfIt() throws Exception {
    try (StubUpstream agent = agent();
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + agent.url())) {
      HoneClient client = hone.client();
      run(client);

      List<JsonNode> items = client.list("experiences");
      assertThat(items).hasSize(1);
      JsonNode item = client.item(items.getFirst().path("id").asText());
      assertThat(item.path("kind").asText()).isEqualTo("procedure");
      assertThat(item.path("when").asText()).isEqualTo("Book me a flight to Rome.");
      assertThat(item.path("content").asText()).isEqualTo("search → book");
      assertThat(item.path("evidence").findValuesAsText("quote"))
          .containsExactlyInAnyOrder("Book me a flight to Rome.", "search", "book", "reward=1.0");
      assertThat(item.path("state").asText()).isEqualTo("active");
    }
  }

  @Test
  void aLearningModelReadsTheCallsAndMayQuoteThem() throws Exception {
    String lesson =
        """
        {"items": [{"title": "Booking", "when": "booking a flight",
                    "content": "Search before you book.", "kind": "procedure", "type": "general",
                    "evidence": [{"interaction": 1, "role": "assistant",
                                  "quote": "search {\\"to\\":\\"Rome\\"}"},
                                 {"interaction": 2, "role": "tool", "quote": "2 flights"},
                                 {"interaction": 3, "role": "outcome", "quote": "reward=1.0"}]}]}
        """;
    try (StubUpstream agent = agent();
        StubUpstream teacher = new StubUpstream(StubUpstream.says(lesson));
        HoneFixture hone =
            HoneFixture.start(
                data,
                "upstream.url=" + agent.url(),
                "learning.url=" + teacher.url(),
                "learning.model=teacher")) {
      HoneClient client = hone.client();
      String last = run(client);

      assertThat(teacher.last().asked())
          .containsSubsequence(
              "user: Book me a flight to Rome.",
              "assistant calls: search {\"to\":\"Rome\"}",
              "tool: 2 flights, 90 euros",
              "assistant calls: book ",
              "assistant: It is booked.",
              "outcome: reward=1.0")
          .doesNotContain("call_4711");
      assertThat(client.receipt(last).at("/learning/status").asText()).isEqualTo("distilled");
      assertThat(client.list("experiences"))
          .singleElement()
          .satisfies(
              item ->
                  assertThat(item.path("content").asText()).isEqualTo("Search before you book."));
    }
  }
}
