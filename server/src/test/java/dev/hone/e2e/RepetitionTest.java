package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said exactly as before is counted, not stored again. */
class RepetitionTest {

  private static final int TIMES = 30;
  private static final String QUESTION = "Which flap vents the glass kiln?";

  @TempDir Path data;

  private int withBytes() throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("hone.db"));
        Statement statement = connection.createStatement();
        ResultSet set =
            statement.executeQuery("SELECT count(*) FROM interaction WHERE raw IS NOT NULL")) {
      set.next();
      return set.getInt(1);
    }
  }

  @Test
  void theEpisodeCountsItAndTheReceiptSaysWhereItWent() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "episode.idle=1h")) {
      HoneClient client = hone.client();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        ids.add(client.ask(QUESTION).interaction());
      }
      client.correct(ids.getFirst(), "Flap V3 vents the glass kiln.");
      client.settle();

      JsonNode episode = client.list("episodes").getFirst();
      assertThat(client.list("episodes")).hasSize(1);
      assertThat(episode.path("interactions").asInt()).isEqualTo(1);
      assertThat(episode.path("repetitions").asInt()).isEqualTo(TIMES - 1);
      assertThat(withBytes()).isEqualTo(1);
      JsonNode repeated = client.receipt(ids.getLast());
      assertThat(repeated.at("/answer/content").asText()).contains("I don't know.");
      assertThat(repeated.at("/learning/repeats").asText()).isEqualTo(ids.getFirst());
      assertThat(repeated.path("learning").path("experiences"))
          .isEqualTo(client.receipt(ids.getFirst()).path("learning").path("experiences"))
          .hasSize(1);

      client.correct(ids.get(7), "Flap V3 vents the glass kiln, at any hour.");
      client.settle();
      JsonNode whole = client.get("/api/v1/episodes/" + episode.path("id").asText()).json();
      assertThat(whole.path("revision").asInt()).isEqualTo(2);
      assertThat(whole.path("interactions")).hasSize(2);
      assertThat(whole.path("repetitions").asInt()).isEqualTo(TIMES - 2);
    }
  }

  @Test
  void aCorrectionIsLearnedSoonAndNobodyHasToAskForIt() throws Exception {
    try (HoneFixture hone =
        HoneFixture.start(data, "episode.idle=1h", "episode.outcome=100ms", "learning.idle=10ms")) {
      HoneClient client = hone.client();
      String id = client.ask(QUESTION).interaction();
      client.correct(id, "Flap V3 vents the glass kiln.");

      Await.until(
          "it is learned from",
          () -> client.receipt(id).at("/learning/status").asText().equals("distilled"));
    }
  }
}
