package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of chats come in, each record once. */
class ImportTest {

  private static final String RUN =
      "{\"id\":\"run-1\",\"user\":\"mia\",\"messages\":["
          + "{\"role\":\"user\",\"content\":\"Which valve stops the pump of the Kestrel rig?\"},"
          + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":"
          + "\"function\",\"function\":{\"name\":\"look_up\",\"arguments\":\"{}\"}}]},"
          + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"V9 or V7\"},"
          + "{\"role\":\"assistant\",\"content\":\"V9 stops it.\"}]";
  private static final String CORRECTED =
      RUN + ",\"reward\":0,\"outcomes\":[{\"correction\":\"V7 stops it.\"}]}";

  @TempDir Path data;
  private HoneFixture hone;
  private HoneClient client;

  @BeforeEach
  void start() {
    hone = HoneFixture.start(data, "refine.growth=0", "refine.every=0s", "episode.idle=1h");
    client = hone.client();
  }

  @AfterEach
  void stop() {
    hone.close();
  }

  private JsonNode take(String query, String... lines) throws Exception {
    HoneClient.Answer answer =
        client
            .with("content-type", "application/x-ndjson")
            .ask("POST", "/api/v1/import?source=log" + query, String.join("\n", lines) + "\n");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private JsonNode take(String line) throws Exception {
    return take("", line);
  }

  /** Oldest first. */
  private List<JsonNode> interactions() throws Exception {
    return client.list("interactions").reversed().stream().toList();
  }

  @Test
  void aRecordBecomesAConversationOfOneInteractionForEachAnswer() throws Exception {
    JsonNode taken = take(RUN + ",\"reward\":1}");

    assertThat(taken.at("/conversations/taken").asInt()).isEqualTo(1);
    assertThat(taken.path("interactions").asInt()).isEqualTo(2);
    List<JsonNode> all = interactions();
    assertThat(all).hasSize(2);
    JsonNode first = client.receipt(all.get(0).path("id").asText());
    JsonNode second = client.receipt(all.get(1).path("id").asText());
    assertThat(first.path("session").asText()).isEqualTo("log/run-1");
    assertThat(first.path("user").asText()).isEqualTo("mia");
    assertThat(first.at("/answer/tool_calls").asBoolean()).isTrue();
    assertThat(first.path("outcomes")).isEmpty();
    assertThat(second.path("parent").asText()).isEqualTo(first.path("id").asText());
    assertThat(second.path("conversation")).isEqualTo(first.path("conversation"));
    assertThat(second.at("/messages/0/role").asText()).isEqualTo("tool");
    assertThat(second.at("/messages/0/content").asText()).isEqualTo("V9 or V7");
    assertThat(second.at("/answer/content").asText()).isEqualTo("V9 stops it.");
    assertThat(second.at("/outcomes/0/metric").asText()).isEqualTo("reward");
    assertThat(second.at("/outcomes/0/value").asDouble()).isEqualTo(1);
  }

  @Test
  void whatWasSaidOfItIsLearnedAsOneEpisodeAndRestsOnTheRightSpan() throws Exception {
    take(CORRECTED);
    client.settle();

    assertThat(client.list("episodes")).hasSize(1);
    assertThat(client.search("Which valve stops the pump of the Kestrel rig?"))
        .anySatisfy(hit -> assertThat(hit.path("content").asText()).isEqualTo("V7 stops it."));
    JsonNode item = client.item(client.list("experiences").getFirst().path("id").asText());
    String last = interactions().getLast().path("id").asText();
    assertThat(item.path("evidence"))
        .anySatisfy(
            span -> {
              assertThat(span.path("interaction_id").asText()).isEqualTo(last);
              assertThat(span.path("quote").asText()).isEqualTo("V7 stops it.");
            });
  }

  @Test
  void importedAgainItChangesNothing() throws Exception {
    take(CORRECTED);
    client.settle();
    Rows before = Rows.of(data);

    JsonNode again = take(CORRECTED);

    assertThat(again.at("/conversations/there").asInt()).isEqualTo(1);
    assertThat(again.path("interactions").asInt()).isZero();
    client.settle();
    assertThat(Rows.of(data)).isEqualTo(before);
  }

  @Test
  void aBadLineIsToldByItsNumberAndTheGoodOnesAreTaken() throws Exception {
    JsonNode taken =
        take("", RUN + "}", "", "{oops", RUN.replace("run-1", "run-2") + ",\"reward\":7}", "[]");

    assertThat(taken.at("/conversations/taken").asInt()).isEqualTo(1);
    assertThat(taken.path("lines").asInt()).isEqualTo(4);
    assertThat(taken.path("refused").asInt()).isEqualTo(3);
    assertThat(taken.at("/errors/0/line").asInt()).isEqualTo(3);
    assertThat(taken.at("/errors/0/detail").asText()).startsWith("is not valid JSON: ");
    assertThat(taken.at("/errors/1/line").asInt()).isEqualTo(4);
    assertThat(taken.at("/errors/1/detail").asText())
        .contains("'reward' must be true, false, or a number in [0, 1]: scale it");
    assertThat(taken.at("/errors/2/line").asInt()).isEqualTo(5);
    assertThat(interactions()).hasSize(2);
  }

  @Test
  void instructionsGoBeforeTheRecordsBehindThem() throws Exception {
    JsonNode taken =
        take(
            "",
            "{\"id\":\"system\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"}]}",
            RUN + "}");

    assertThat(taken.path("interactions").asInt()).isEqualTo(2);
    assertThat(client.receipt(interactions().getFirst().path("id").asText()).path("messages"))
        .extracting(message -> message.path("content").asText())
        .containsExactly("Be brief.", "Which valve stops the pump of the Kestrel rig?");
  }

  @Test
  void aRewardThatIsAddedLaterIsALateOutcome() throws Exception {
    take(RUN + "}");
    client.settle();
    assertThat(client.list("experiences")).isEmpty();

    assertThat(take(CORRECTED).at("/conversations/extended").asInt()).isEqualTo(1);
    client.settle();

    assertThat(client.list("episodes").getFirst().path("revision").asInt()).isGreaterThan(1);
    assertThat(client.search("Which valve stops the pump of the Kestrel rig?")).isNotEmpty();
  }

  @Test
  void aConversationThatWentOnIsExtended() throws Exception {
    take(RUN + "}");
    String longer =
        RUN.substring(0, RUN.length() - 1)
            + ",{\"role\":\"user\",\"content\":\"And V8?\"},"
            + "{\"role\":\"assistant\",\"content\":\"No.\"}]}";

    assertThat(take(longer).at("/conversations/extended").asInt()).isEqualTo(1);

    List<JsonNode> all = interactions();
    assertThat(all).hasSize(3);
    assertThat(client.receipt(all.get(2).path("id").asText()).path("parent").asText())
        .isEqualTo(all.get(1).path("id").asText());
    assertThat(take(longer).at("/conversations/there").asInt()).isEqualTo(1);
  }

  @Test
  void aRecordThatSaysSomethingElseNowIsLeftOutAndCounted() throws Exception {
    take(CORRECTED);
    client.settle();
    Rows before = Rows.of(data);

    JsonNode other = take(CORRECTED.replace("V9 stops it.", "V8 stops it."));

    assertThat(other.at("/conversations/different").asInt()).isEqualTo(1);
    assertThat(Rows.of(data).of("interaction")).isEqualTo(before.of("interaction"));
  }

  @Test
  void aDryRunTellsAndWritesNothing() throws Exception {
    Rows before = Rows.of(data);

    JsonNode told = take("&dry_run=true&done=1", CORRECTED, "{");

    assertThat(told.at("/conversations/taken").asInt()).isEqualTo(1);
    assertThat(told.path("refused").asInt()).isEqualTo(1);
    assertThat(Rows.of(data)).isEqualTo(before);
  }

  @Test
  void howFarASourceIsImportedIsKept() throws Exception {
    take("&done=40&mark=abc", CORRECTED);

    JsonNode point = client.get("/api/v1/import/log").json();
    assertThat(point.path("done").asInt()).isEqualTo(40);
    assertThat(point.path("mark").asText()).isEqualTo("abc");
    assertThat(point.path("interactions").asInt()).isEqualTo(2);
    assertThat(client.get("/api/v1/import/other").json().path("done").asInt()).isZero();
  }

  @Test
  void eachSpaceHasItsOwn() throws Exception {
    client.post("/api/v1/spaces", Json.object("name", "beside"));
    take(CORRECTED);

    client = client.space("beside");

    assertThat(client.get("/api/v1/import/log").json().path("interactions").asInt()).isZero();
    assertThat(take(CORRECTED).at("/conversations/taken").asInt()).isEqualTo(1);
    assertThat(interactions()).hasSize(2);
  }

  @Test
  void aSourceIsNamedAndTheBodyIsLines() throws Exception {
    assertThat(client.post("/api/v1/import", RUN + "}").text()).contains("'source' must be given");
    assertThat(client.post("/api/v1/import?source=a%23b", RUN + "}").text())
        .contains("A source's name has letters, digits");
    assertThat(client.post("/api/v1/import?source=a&format=xml", RUN + "}").text())
        .contains("one of chat, hone");
    HoneClient.Answer form =
        client
            .with("content-type", "multipart/form-data; boundary=x")
            .ask("POST", "/api/v1/import?source=a", "--x--");
    assertThat(form.status()).isEqualTo(415);
    assertThat(form.text()).contains("lines of JSON");
  }
}
