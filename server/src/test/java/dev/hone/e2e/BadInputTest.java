package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be understood is refused with a sentence that says why. */
class BadInputTest {

  @TempDir Path data;
  private HoneFixture hone;

  @BeforeEach
  void start() {
    hone = HoneFixture.start(data, "server.body=2048");
  }

  @AfterEach
  void stop() {
    hone.close();
  }

  private static void assertProblem(HoneClient.Answer answer, int status, String says) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(answer.json().path("title").asText()).isNotBlank();
    assertThat(answer.json().path("detail").asText()).contains(says);
  }

  private static void assertOpenAiError(HoneClient.Answer answer, int status, String says) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.json().at("/error/message").asText()).contains(says);
    assertThat(answer.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"model":                                              | not valid JSON
          []                                                     | must be a JSON object
          {"model":"m"}                                          | 'messages' must be a non-empty list
          {"model":"m","messages":[]}                            | 'messages' must be a non-empty list
          {"model":7,"messages":[{"role":"user","content":"x"}]} | 'model' must be a string
          {"messages":[{"role":"user","content":"x"}]}           | 'model' must be a string
          {"model":"m","messages":["x"]}                         | must be an object
          {"model":"m","messages":[{"role":"king","content":"x"}]} | role' must be one of
          {"model":"m","messages":[{"role":"user","content":7}]} | must be a string or a list of parts
          {"model":"m","stream":"yes","messages":[{"role":"user","content":"x"}]} | 'stream' must be
          {"model":"m","messages":[{"role":"user","content":"x"}]} {} | more than one JSON object
          """)
  void aChatRequestThatCannotBeReadIsRefusedAsOpenAiWould(String body, String says)
      throws Exception {
    assertOpenAiError(hone.client().chat(body), 400, says);
    assertThat(hone.client().list("interactions")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          interactions | {"messages":   | not valid JSON
          interactions | [1]            | must be a JSON object
          interactions | {} {}          | not valid JSON
          interactions | {"a":1,"a":2}  | not valid JSON
          interactions | {}             | 'messages' must be a non-empty list
          interactions | {"messages":"x"} | 'messages' must be a non-empty list
          interactions | {"messages":[{"role":"user","content":"x"}],"correction":7} | 'correction' must be a string
          interactions | {"messages":[{"role":"user","content":"x"}],"reward":2} | 'reward' must be
          interactions | {"messages":[{"role":"user","content":"x"}],"reward":"good"} | 'reward' must be
          feedback     | {}             | 'interaction_id' or 'episode_id'
          feedback     | {"interaction_id":7} | 'interaction_id' must be a string
          feedback     | {"interaction_id":"x"} | Feedback says something
          feedback     | {"interaction_id":"x","value":-0.1} | 'value' must be
          experiences/search | {}       | 'query' must be a string
          experiences/search | {"query":" "} | 'query' must be a string
          experiences/search | {"query":"x","limit":0} | 'limit' must be a whole number
          experiences/search | {"query":"x","limit":"3"} | 'limit' must be a whole number
          learning/settle | {"timeout_seconds":0} | 'timeout_seconds' must be
          refinements  | {"dry_run":"yes"} | 'dry_run' must be true or false
          spaces       | {}             | 'name' must be a string
          spaces       | {"name":"ok","learning":"some"} | 'learning' is one of distill, raw, off
          """)
  void whatTheNativeInterfaceCannotReadIsAProblem(String path, String body, String says)
      throws Exception {
    assertProblem(hone.client().post("/api/v1/" + path, body), 400, says);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "interactions?limit=0",
        "interactions?limit=x",
        "episodes?state=x",
        "commits?limit=501"
      })
  void aQueryThatCannotBeReadIsAProblem(String path) throws Exception {
    assertProblem(hone.client().get("/api/v1/" + path), 400, "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upper", "../up", "a/b", "a b", "-x", "é", "x.y"})
  void aSpaceNeedsANameThatAFolderCanHave(String name) throws Exception {
    assertProblem(
        hone.client().post("/api/v1/spaces", Json.object("name", name)), 400, "A space's name has");
    assertThat(hone.client().list("spaces")).hasSize(1);
  }

  @Test
  void aSpaceCanBeMadeOnce() throws Exception {
    HoneClient client = hone.client();
    String longest = "a".repeat(64);
    assertThat(client.post("/api/v1/spaces", Json.object("name", longest)).status()).isEqualTo(201);
    assertProblem(client.post("/api/v1/spaces", Json.object("name", longest)), 409, longest);
    assertProblem(
        client.post("/api/v1/spaces", Json.object("name", longest + "a")), 400, "1 to 64");
  }

  @Test
  void aSpaceThatIsNotThereIsRefusedEverywhere() throws Exception {
    HoneClient nowhere = hone.client().space("nowhere");
    assertOpenAiError(nowhere.chat(Json.chat("hone-builtin", "x")), 404, "no space 'nowhere'");
    assertProblem(nowhere.get("/api/v1/interactions"), 404, "no space 'nowhere'");
    assertProblem(hone.client().get("/api/v1/stats?space=no"), 404, "no space 'no'");
    assertProblem(nowhere.post("/api/v1/learning/settle", "{}"), 404, "no space 'nowhere'");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    String large = Json.chat("hone-builtin", "x".repeat(2048));
    assertOpenAiError(hone.client().chat(large), 413, "larger than 2048 bytes");
    assertProblem(hone.client().post("/api/v1/interactions", large), 413, "larger than 2048 bytes");

    int frame = Json.chat("hone-builtin", "").length();
    assertThat(hone.client().chat(Json.chat("hone-builtin", "x".repeat(2048 - frame))).status())
        .as("the largest one")
        .isEqualTo(200);
  }

  @Test
  void theLimitMayBeTheLargestNumber(@TempDir Path elsewhere) throws Exception {
    try (HoneFixture unlimited = HoneFixture.start(elsewhere, "server.body=" + Integer.MAX_VALUE)) {
      assertThat(unlimited.client().chat(Json.chat("hone-builtin", "x")).status()).isEqualTo(200);
    }
  }

  @Test
  void whatIsNotThereIsAProblem() throws Exception {
    assertProblem(hone.client().get("/api/v1/nothing"), 404, "/api/v1/nothing");
    assertProblem(hone.client().get("/nothing"), 404, "/nothing");
    assertProblem(hone.client().get("/api/v1/commits/nope"), 404, "'nope'");
    assertProblem(hone.client().post("/api/v1/commits/nope/restore", "{}"), 404, "'nope'");
  }
}
