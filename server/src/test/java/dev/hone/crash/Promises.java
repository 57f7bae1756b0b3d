package dev.hone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.crash.Ledger.Acknowledged;
import dev.hone.crash.Ledger.Entry;
import dev.hone.crash.Ledger.Judgement;
import dev.hone.crash.Ledger.Sender;
import dev.hone.e2e.HoneClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the receipts that a restarted server gives with what was acknowledged. */
final class Promises {

  private static final int PAGE = 500;

  private final Map<String, JsonNode> receipts = new HashMap<>();

  private Promises() {}

  /** Reads all receipts of all clients. */
  static Promises read(HoneClient hone) throws IOException, InterruptedException {
    Promises promises = new Promises();
    for (Sender sender : Load.senders()) {
      HoneClient client = Load.as(hone, sender);
      List<JsonNode> page = client.list("interactions?limit=" + PAGE);
      while (!page.isEmpty()) {
        page.forEach(receipt -> promises.receipts.put(receipt.path("id").asText(), receipt));
        page =
            client.list(
                "interactions?limit=" + PAGE + "&cursor=" + page.getLast().path("id").asText());
      }
    }
    return promises;
  }

  /** Nothing that was acknowledged is lost or changed, and nothing is still open. */
  void assertKept(Ledger ledger) {
    for (Entry entry : ledger.entries()) {
      JsonNode receipt = receipts.get(entry.id());
      assertThat(receipt).as("the receipt of %s", entry).isNotNull();
      String state = receipt.path("state").asText();
      assertThat(receipt.at("/messages/0/content").asText())
          .as("%s", entry)
          .isEqualTo(entry.question());
      assertThat(receipt.path("space").asText()).isEqualTo(entry.sender().space());
      if (entry.by() == Acknowledged.OPENED) {
        assertThat(state).as("%s", entry).isIn("completed", "interrupted");
      } else {
        assertThat(state).as("%s", entry).isEqualTo("completed");
        assertThat(receipt.at("/answer/content").asText())
            .as("%s", entry)
            .isEqualTo(entry.answer());
      }
    }
    ledger.judgements().forEach(this::assertKeptOnce);
    assertThat(receipts.values()).noneMatch(each -> each.path("state").asText().equals("opened"));
  }

  private void assertKeptOnce(Judgement judgement) {
    int found = 0;
    for (JsonNode outcome : receipts.get(judgement.interaction()).path("outcomes")) {
      String id = outcome.path("id").asText();
      if (judgement.outcome().isEmpty() || judgement.outcome().get().equals(id)) {
        found += outcome.path("correction").asText().equals(judgement.correction()) ? 1 : 0;
      }
    }
    assertThat(found).as("%s", judgement).isEqualTo(1);
  }

  /** Everything completed has been learned from, or there was nothing to learn. */
  void assertLearned() {
    for (JsonNode receipt : receipts.values()) {
      String status = receipt.at("/learning/status").asText();
      if (receipt.path("state").asText().equals("completed")) {
        assertThat(status).as("%s", receipt).isIn("distilled", "nothing-learned");
      } else {
        assertThat(status).as("%s", receipt).isEqualTo("excluded");
      }
    }
  }

  /** Acknowledged interactions of which there is no receipt. */
  int lost(Ledger ledger) {
    return (int)
        ledger.entries().stream().filter(entry -> !receipts.containsKey(entry.id())).count();
  }

  int size() {
    return receipts.size();
  }

  int interrupted() {
    return (int)
        receipts.values().stream()
            .filter(receipt -> receipt.path("state").asText().equals("interrupted"))
            .count();
  }
}
