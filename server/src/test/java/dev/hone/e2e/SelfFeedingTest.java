package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Hone put into a prompt and gets back is never learned, however often, and whoever says so.
 */
class SelfFeedingTest {

  private static final Pattern BLOCK = Pattern.compile("(?s)<experience>.*?</experience>");
  private static final int TURNS = 1_000;

  private record Taught(String question, String answer) {}

  private static final List<Taught> TAUGHT =
      List.of(
          new Taught("How do I close the cooling loop of the Kestrel rig?", "Turn lever V7 twice."),
          new Taught("Where is the spare fuse of the walrus pen kept?", "In the lower drawer."),
          new Taught("Which gasket fits the Osprey boiler?", "The copper one, size 14."),
          new Taught(
              "Who signs for parcels at the north gate?", "Only Marta Vidal signs for them."),
          new Taught("When is the greenhouse vent opened in May?", "Never before nine o'clock."));

  @TempDir Path data;

  /** Every block of the prompt, word for word, as the model's answer. */
  private static String repeated(StubUpstream.Received request) {
    List<String> blocks = new ArrayList<>();
    for (JsonNode message : request.json().path("messages")) {
      BLOCK
          .matcher(message.path("content").asText())
          .results()
          .map(MatchResult::group)
          .forEach(blocks::add);
    }
    return String.join("\n", blocks);
  }

  /** The pool as it is seen: every item with its version and all that it rests on. */
  private static Map<String, JsonNode> pool(HoneClient client) throws Exception {
    Map<String, JsonNode> pool = new TreeMap<>();
    for (JsonNode item : client.list("experiences?limit=500")) {
      String id = item.path("id").asText();
      pool.put(id, client.item(id));
    }
    return pool;
  }

  @Test
  void aThousandTurnsThatRepeatTheBlockTeachNothing() throws Exception {
    try (StubUpstream stub =
            new StubUpstream(
                (request, exchange) ->
                    StubUpstream.says(repeated(request)).answer(request, exchange));
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {
      HoneClient ann = hone.client("key-of-ann");
      for (Taught each : TAUGHT) {
        ann.teach(each.question, each.answer);
      }
      ann.settle();
      Map<String, JsonNode> before = pool(ann);
      assertThat(before).hasSize(TAUGHT.size());
      int commits = ann.list("commits").size();

      HoneClient bob = hone.client("key-of-bob");
      for (int turn = 0; turn < TURNS; turn += TAUGHT.size()) {
        converse(turn % 2 == 0 ? ann : bob, turn);
        if (turn % 200 == 0) {
          ann.settle();
        }
      }
      ann.settle();

      assertThat(stub.received()).hasSize(TURNS).allMatch(StubUpstream.Received::augmented);
      assertThat(pool(ann)).isEqualTo(before);
      assertThat(pool(bob).keySet()).isEqualTo(before.keySet());
      assertThat(ann.list("commits")).hasSize(commits);
    }
  }

  /**
   * A conversation in which every answer repeats the blocks; every third is praised, and the user
   * too repeats them in every seventh turn.
   */
  private static void converse(HoneClient client, int first) throws Exception {
    List<String> messages = new ArrayList<>();
    String last = "";
    for (int i = 0; i < TAUGHT.size(); i++) {
      int turn = first + i;
      String asked = "Turn " + turn + ". " + TAUGHT.get(i).question;
      boolean contradicts = turn % 7 == 0 && !last.isEmpty();
      messages.add(Json.message("user", contradicts ? "No, " + last + "\n" + asked : asked));
      HoneClient.Answer answer = client.chat(Json.chatOf("m", messages.toArray(String[]::new)));
      assertThat(answer.mode()).as(answer.text()).isEqualTo("augmented");
      last = answer.said();
      assertThat(last).contains("<experience>").contains(TAUGHT.getFirst().answer);
      messages.add(Json.message("assistant", last));
      if (turn % 3 == 0) {
        String metric = turn % 2 == 0 ? "reward" : "user rating";
        judge(client, Json.object("interaction_id", answer.interaction(), "metric", metric));
      }
    }
  }

  private static void judge(HoneClient client, String outcome) throws Exception {
    String praised = outcome.substring(0, outcome.length() - 1) + ",\"value\":1}";
    assertThat(client.post("/api/v1/feedback", praised).status()).isEqualTo(201);
  }
}
