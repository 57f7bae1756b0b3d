package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old words go while the server idles; what was learned from them stays, and learning goes on. */
class RetentionTest {

  private static final String QUESTION = "How is the cooling loop of the Kestrel rig closed?";
  private static final String CORRECTION = "Turn the red lever V7 twice.";

  @TempDir Path data;

  @Test
  void wordsThatWereLearnedFromGoAndTheItemWithItsEvidenceStays() throws Exception {
    String id;
    try (HoneFixture hone = HoneFixture.start(data)) {
      id = hone.client().teach(QUESTION, CORRECTION);
      hone.client().settle();
    }
    try (HoneFixture hone = HoneFixture.start(data, "capture.keep=1ms")) {
      HoneClient client = hone.client();
      Await.until(
          "the words go", () -> client.receipt(id).path("state").asText().equals("expired"));

      JsonNode receipt = client.receipt(id);
      assertThat(receipt.path("messages")).isEmpty();
      assertThat(receipt.at("/learning/status").asText()).isEqualTo("distilled");
      JsonNode item = client.item(receipt.at("/learning/experiences/0").asText());
      assertThat(item.at("/evidence/1/quote").asText()).isEqualTo(CORRECTION);
      assertThat(client.ask(QUESTION).mode()).isEqualTo("augmented");
      assertThat(client.get("/metrics").text())
          .contains("hone_pruned_total{what=\"learned\"} 1.0")
          .contains("hone_pruned_total{what=\"unlearned\"} 0.0")
          .contains("hone_database_bytes");

      String next = client.teach("Where is the spare fuse kept?", "In the lower drawer.");
      client.settle();
      assertThat(client.receipt(next).at("/learning/status").asText()).isEqualTo("distilled");
    }
  }

  @Test
  void byDefaultNothingGoesForAQuarterOfAYear() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      String id = hone.client().teach(QUESTION, CORRECTION);
      hone.client().settle();
      assertThat(hone.client().get("/metrics").text())
          .doesNotContain("hone_pruned_total{what=\"learned\"} 1.0");
      assertThat(hone.client().receipt(id).path("messages")).hasSize(1);
    }
  }
}
