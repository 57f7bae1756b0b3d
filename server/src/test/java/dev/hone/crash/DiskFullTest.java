package dev.hone.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.e2e.Await;
import dev.hone.e2e.HoneClient;
import dev.hone.e2e.HoneProcess;
import dev.hone.e2e.Json;
import dev.hone.e2e.StubUpstream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk fills up under a running server, and gets space again. */
class DiskFullTest {

  private static final int MEBIBYTES = 24;
  private static final int WHILE_FULL = 25;
  private static final int MOST_LINES = 20;
  private static final String SAID = "Nobody knows.";

  @TempDir private Path folder;
  private SmallDisk disk;
  private StubUpstream model;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount(folder.resolve("disk"), MEBIBYTES);
    model = new StubUpstream(StubUpstream.says(SAID));
  }

  @AfterEach
  void unmount() throws Exception {
    if (model != null) {
      model.close();
    }
    if (disk != null) {
      disk.close();
    }
  }

  private HoneProcess start() throws Exception {
    return HoneProcess.start(
        disk.folder(),
        "--upstream",
        model.url(),
        "--set",
        "learning.idle=1ms",
        "--set",
        "log.requests=false");
  }

  private static String question(int i) {
    return "What does lamp L" + i + " on panel P" + i + " mean?";
  }

  private static HoneClient.Answer chat(HoneClient client, String question) throws Exception {
    HoneClient.Answer answer = client.chat(Json.chat("stub", question));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.said()).isEqualTo(SAID);
    return answer;
  }

  private static Set<String> contents(HoneClient client) throws Exception {
    return client.list("experiences?limit=500").stream()
        .map(item -> item.path("content").asText())
        .collect(Collectors.toSet());
  }

  @Test
  void requestsAreAnsweredWhileTheDiskIsFullAndAllGoesOnWhenItIsNot() throws Exception {
    List<String> kept = new ArrayList<>();
    try (HoneProcess hone = start()) {
      HoneClient client = hone.client();
      kept.add(client.teach(question(0), "Pump 0 has stopped."));
      client.settle();
      kept.add(client.teach(question(1), "Pump 1 has stopped."));
      disk.fill();
      fillTheLog(client);

      int linesBefore = hone.said().size();
      whileFull(client);
      assertThat(hone.said().size() - linesBefore)
          .as("lines logged: %s", hone.said())
          .isLessThan(MOST_LINES);
      assertThat(hone.said()).anyMatch(line -> line.contains("learning waits until it can write"));
      client.list("interactions?limit=500").forEach(DiskFullTest::assertWhole);

      disk.free();

      HoneClient.Answer again = chat(client, "Is it on again?");
      assertThat(again.header("x-hone-capture")).isEqualTo("durable");
      kept.add(again.interaction());
      kept.add(client.teach(question(2), "Pump 2 has stopped."));
      client.settle();
      assertThat(contents(client))
          .anyMatch(content -> content.contains("Pump 0"))
          .anyMatch(content -> content.contains("Pump 1"))
          .anyMatch(content -> content.contains("Pump 2"));
      assertThat(client.search(question(2))).isNotEmpty();
      assertThat(hone.said()).anyMatch(line -> line.contains("learning goes on"));
    }
    try (HoneProcess hone = start()) {
      for (String id : kept) {
        assertThat(hone.client().receipt(id).path("state").asText()).isEqualTo("completed");
      }
      hone.client().list("interactions?limit=500").forEach(DiskFullTest::assertWhole);
      try (Truth truth = Truth.open(disk.folder())) {
        truth.assertWhole();
        List<Truth.Shown> active = truth.active();
        Index.assertEquals(hone.client(), active, active);
      }
    }
  }

  /** What is left of the write-ahead log's last block may still take something. */
  private static void fillTheLog(HoneClient client) throws Exception {
    Await.until(
        "nothing is taken any longer",
        () -> chat(client, "Is it full?").header("x-hone-capture").equals("none"));
  }

  private static void whileFull(HoneClient client) throws Exception {
    double missed = missed(client);
    HoneClient.Answer settled = client.post("/api/v1/learning/settle", "{\"timeout_seconds\":1}");
    assertThat(settled.status()).as(settled.text()).isEqualTo(202);
    for (int i = 0; i < WHILE_FULL; i++) {
      assertThat(chat(client, "Is it on, " + i + "?").header("x-hone-capture")).isEqualTo("none");
      HoneClient.Answer refused =
          client.post(
              "/api/v1/interactions",
              "{\"messages\":[" + Json.message("user", question(i)) + "],\"answer\":\"No.\"}");
      assertThat(refused.status()).as(refused.text()).isEqualTo(507);
      assertThat(refused.header("content-type")).startsWith("application/problem+json");
      assertThat(refused.json().path("detail").asText()).contains("is full", "Free some space");
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(missed(client)).isGreaterThanOrEqualTo(missed + WHILE_FULL);
    assertThat(client.get("/health/live").status()).isEqualTo(200);
  }

  private static double missed(HoneClient client) throws Exception {
    return client
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("hone_capture_missed"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** No half of an interaction is there. */
  private static void assertWhole(JsonNode receipt) {
    assertThat(receipt.path("messages")).as("%s", receipt).isNotEmpty();
    assertThat(receipt.path("state").asText()).as("%s", receipt).isEqualTo("completed");
    assertThat(receipt.at("/answer/content").asText()).as("%s", receipt).isNotEmpty();
  }

  @Test
  void aStreamThatTheDiskFailsUnderGoesOnAndItsAnswerIsWrittenLater() throws Exception {
    CountDownLatch full = new CountDownLatch(1);
    model.script(
        (request, exchange) -> {
          if (!request.text().contains("\"stream\":true")) {
            StubUpstream.says(SAID).answer(request, exchange);
            return;
          }
          OutputStream out = StubUpstream.stream(exchange);
          out.write(StubUpstream.event("Nobody ").getBytes(UTF_8));
          out.flush();
          full.await(60, TimeUnit.SECONDS);
          out.write((StubUpstream.event("knows.") + "data: [DONE]\n\n").getBytes(UTF_8));
        });
    String body = Json.chat("stub", "Is it on?");
    try (HoneProcess hone = start()) {
      HoneClient client = hone.client();
      HttpResponse<InputStream> stream =
          client.stream(body.substring(0, body.length() - 1) + ",\"stream\":true}");
      String id = stream.headers().firstValue("x-hone-interaction-id").orElseThrow();
      assertThat(stream.headers().firstValue("x-hone-capture")).contains("durable");
      disk.fill();
      fillTheLog(client);
      full.countDown();
      assertThat(new String(stream.body().readAllBytes(), UTF_8)).endsWith("data: [DONE]\n\n");
      assertThat(client.receipt(id).path("state").asText()).isEqualTo("opened");

      disk.free();
      assertThat(chat(client, "And now?").header("x-hone-capture")).isEqualTo("durable");

      Await.until(
          "the answer is written",
          () -> client.receipt(id).path("state").asText().equals("completed"));
      assertThat(client.receipt(id).at("/answer/content").asText()).isEqualTo(SAID);
    }
  }

  @Test
  void aFullDiskAtTheStartIsSaidInASentence() throws Exception {
    disk.fill();

    HoneProcess.Ended ended = HoneProcess.run(disk.folder());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output())
        .contains("hone: The data folder " + disk.folder() + " cannot be used")
        .doesNotContain("\tat ");
  }

  @Test
  void aDiskThatIsFullWhenTheServerComesBackIsSaidInASentence() throws Exception {
    String id;
    try (HoneProcess hone = start()) {
      id = hone.client().teach(question(0), "Pump 0 has stopped.");
      hone.stop();
    }
    disk.fill();
    HoneProcess.Ended ended = HoneProcess.run(disk.folder());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output())
        .contains("hone: The data folder " + disk.folder() + " cannot be used", "full")
        .doesNotContain("\tat ");

    disk.free();

    try (HoneProcess hone = start()) {
      assertThat(hone.client().receipt(id).path("state").asText()).isEqualTo("completed");
    }
  }
}
