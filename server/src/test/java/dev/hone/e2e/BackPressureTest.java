package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While the journal cannot be written, native writes wait outside and chat goes on. */
class BackPressureTest {

  private static final String TAUGHT =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"How far?\"}],\"correction\":\"Nine.\"}";

  /** Refused as unknown while native writes are let in, so that it never waits itself. */
  private static final String NOBODYS = Json.object("interaction_id", "none", "comment", "x");

  @TempDir Path data;

  @Test
  void aStalledWriterRefusesNativeWritesLosesNothingAndLetsChatPass() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "api.stall=200ms", "capture.deadline=100ms");
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + database(data));
        Statement statement = other.createStatement()) {
      HoneClient client = hone.client();
      statement.execute("BEGIN IMMEDIATE");
      CompletableFuture<HoneClient.Answer> waiting = sent(client);
      Await.until(
          "native writes are refused",
          () -> client.post("/api/v1/feedback", NOBODYS).status() == 503);

      HoneClient.Answer refused = client.post("/api/v1/interactions", TAUGHT);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("retry-after")).isEqualTo("1");
      assertThat(refused.json().path("type").asText()).isEqualTo("/problems/overloaded");
      assertThat(client.get("/api/v1/stats").status()).as("reading goes on").isEqualTo(200);
      HoneClient.Answer chat = client.ask("Is it on?");
      assertThat(chat.header("x-hone-capture")).isEqualTo("none");

      statement.execute("ROLLBACK");
      HoneClient.Answer taken = waiting.get(30, TimeUnit.SECONDS);
      assertThat(taken.status()).as("what had been let in").isEqualTo(201);
      Await.until(
          "it has caught up", () -> client.post("/api/v1/interactions", TAUGHT).status() == 201);
      assertThat(client.receipt(taken.json().path("id").asText()).path("state").asText())
          .isEqualTo("completed");
      assertThat(client.list("interactions?state=completed"))
          .as("what was refused did not happen: the one let in, and the last")
          .hasSizeBetween(2, 3);
    }
  }

  private static CompletableFuture<HoneClient.Answer> sent(HoneClient client) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return client.post("/api/v1/interactions", TAUGHT);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static Path database(Path data) throws IOException {
    try (var files = Files.walk(data)) {
      return files.filter(each -> each.toString().endsWith(".db")).findFirst().orElseThrow();
    }
  }
}
