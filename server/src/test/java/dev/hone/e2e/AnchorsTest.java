package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a conversation a block stays where it was put, byte for byte: prompt caches survive. */
class AnchorsTest {

  private static final String LOOP = "How do I close the cooling loop of the Kestrel rig?";
  private static final String FUSE = "Where is the spare fuse of the walrus pen kept?";
  private static final String CALL =
      "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"t1\",\"type\":\"function\",\"function\":"
          + "{\"name\":\"look\",\"arguments\":\"{}\"}}]}";
  private static final String RESULT =
      "{\"role\":\"tool\",\"tool_call_id\":\"t1\",\"content\":" + Json.quoted(FUSE) + "}";

  @TempDir Path data;
  private StubUpstream stub;
  private HoneFixture hone;
  private String loopItem;
  private String fuseItem;

  @BeforeEach
  void start() throws Exception {
    stub = new StubUpstream(StubUpstream.says("Fine."));
    hone = HoneFixture.start(data, "upstream.url=" + stub.url());
    hone.client().teach(LOOP, "Turn the red lever V7 twice.");
    hone.client().settle();
    loopItem = hone.client().list("experiences").getFirst().path("id").asText();
    hone.client().teach(FUSE, "In the lower drawer.");
    hone.client().settle();
    fuseItem = hone.client().list("experiences").getFirst().path("id").asText();
  }

  @AfterEach
  void stop() {
    hone.close();
    stub.close();
  }

  private HoneClient.Answer turn(HoneClient client, List<String> messages) throws Exception {
    HoneClient.Answer answer = client.chat(Json.chatOf("m", messages.toArray(String[]::new)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  /** What the model saw up to the end of the last message. */
  private String prefix() {
    String text = stub.last().text();
    return text.substring(0, text.length() - "]}".length());
  }

  private List<Integer> messagesWithBlocks() {
    List<Integer> with = new ArrayList<>();
    int i = 0;
    for (JsonNode message : stub.last().json().path("messages")) {
      int blocks = message.path("content").asText().split("<experience>", -1).length - 1;
      assertThat(blocks).as("at most one block in a message").isLessThanOrEqualTo(1);
      if (blocks == 1) {
        with.add(i);
      }
      i++;
    }
    return with;
  }

  @Test
  void blocksComeBackByteForByteWhereTheyStood() throws Exception {
    HoneClient client = hone.client("key-of-ann");
    List<String> messages = new ArrayList<>(List.of(Json.message("system", "Be brief.")));

    messages.add(Json.message("user", LOOP));
    HoneClient.Answer first = turn(client, messages);
    assertThat(first.header("x-hone-experiences")).isEqualTo(loopItem);
    assertThat(messagesWithBlocks()).containsExactly(1);
    String seen = prefix();

    messages.add(Json.message("assistant", "Fine."));
    messages.add(Json.message("user", FUSE));
    HoneClient.Answer second = turn(client, messages);
    assertThat(second.header("x-hone-experiences")).isEqualTo(loopItem + "," + fuseItem);
    assertThat(messagesWithBlocks()).containsExactly(1, 3);
    assertThat(prefix()).startsWith(seen);
    seen = prefix();

    messages.add(CALL);
    messages.add(RESULT);
    turn(client, messages);
    assertThat(messagesWithBlocks()).as("none after a tool's result").containsExactly(1, 3);
    assertThat(prefix()).isEqualTo(seen + "," + CALL + "," + RESULT);
    seen = prefix();

    messages.add(Json.message("assistant", "Fine."));
    messages.add(Json.message("user", "Once more, " + LOOP));
    HoneClient.Answer fourth = turn(client, messages);
    assertThat(messagesWithBlocks()).as("no item is shown twice").containsExactly(1, 3);
    assertThat(fourth.header("x-hone-experiences")).isEqualTo(loopItem + "," + fuseItem);
    assertThat(prefix()).startsWith(seen);
  }

  @Test
  void aBlockStaysAsItWasWhenItsItemHasChangedSince() throws Exception {
    HoneClient client = hone.client("key-of-ann");
    List<String> messages = new ArrayList<>(List.of(Json.message("user", LOOP)));
    turn(client, messages);
    String seen = prefix();
    String commit = client.list("commits").getLast().path("id").asText();
    client.post("/api/v1/commits/" + commit + "/restore", "{\"before\":true}");
    assertThat(client.search(LOOP)).isEmpty();

    messages.add(Json.message("assistant", "Fine."));
    messages.add(Json.message("user", "Thanks, and what then?"));
    turn(client, messages);

    assertThat(prefix()).startsWith(seen);
    assertThat(messagesWithBlocks()).containsExactly(0);
  }

  @Test
  void aMessageThatGotNoBlockGetsNoneLater() throws Exception {
    HoneClient client = hone.client("key-of-ann");
    String question = "Which gasket fits the Osprey boiler?";
    List<String> messages = new ArrayList<>(List.of(Json.message("user", question)));
    assertThat(turn(client, messages).mode()).isEqualTo("nothing-relevant");
    String seen = prefix();
    hone.client().teach(question, "The copper one.");
    hone.client().settle();

    messages.add(Json.message("assistant", "Fine."));
    messages.add(Json.message("user", "Please look " + question));
    turn(client, messages);

    assertThat(prefix()).startsWith(seen);
    assertThat(messagesWithBlocks()).as("the new message gets it").containsExactly(2);
  }

  @Test
  void theSameRequestSentAgainIsTheSameForTheModel() throws Exception {
    HoneClient client = hone.client("key-of-ann").with("x-hone-session", "s1");
    List<String> messages = List.of(Json.message("user", LOOP));
    turn(client, messages);
    String seen = stub.last().text();
    hone.client().teach("How do I close the cooling loop of the Kestrel rig fast?", "Pull V9.");
    hone.client().settle();

    turn(client, messages);

    assertThat(stub.last().text()).isEqualTo(seen);
  }

  @Test
  void aRestartChangesNothing() throws Exception {
    List<String> messages = new ArrayList<>(List.of(Json.message("user", LOOP)));
    turn(hone.client("key-of-ann"), messages);
    String seen = prefix();
    hone.close();
    hone = HoneFixture.start(data, "upstream.url=" + stub.url());

    messages.add(Json.message("assistant", "Fine."));
    messages.add(Json.message("user", FUSE));
    turn(hone.client("key-of-ann"), messages);

    assertThat(prefix()).startsWith(seen);
    assertThat(messagesWithBlocks()).containsExactly(0, 2);
  }
}
