package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request sent again with its Idempotency-Key happens once. */
class IdempotencyTest {

  private static final String TAUGHT =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"How far?\"}],\"correction\":\"Nine.\"}";
  private static final String ITEM = Json.object("when", "It leaks.", "content", "Turn V7 off.");

  @TempDir Path data;

  private static HoneClient keyed(HoneClient client, String key) {
    return client.with("idempotency-key", key);
  }

  private static void assertReplayed(HoneClient.Answer again, HoneClient.Answer first) {
    assertThat(again.status()).as(again.text()).isEqualTo(first.status()).isEqualTo(201);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("location")).isEqualTo(first.header("location"));
    assertThat(first.header("idempotency-replayed")).isEmpty();
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
  }

  @Test
  void everyCreatingRequestIsAnsweredAsBeforeAlsoByAnotherProcess() throws Exception {
    String said;
    HoneClient.Answer interaction;
    HoneClient.Answer feedback;
    HoneClient.Answer item;
    HoneClient.Answer space;
    HoneClient.Answer batch;
    try (HoneProcess first = HoneProcess.start(data)) {
      HoneClient client = first.client();
      interaction = keyed(client, "\"a-1\"").post("/api/v1/interactions", TAUGHT);
      said =
          Json.object(
              "interaction_id", interaction.json().path("id").asText(), "comment", "It was nine.");
      feedback = keyed(client, "a-2").post("/api/v1/feedback", said);
      item = keyed(client, "a-3").post("/api/v1/experiences", ITEM);
      space = keyed(client, "a-4").post("/api/v1/spaces", Json.object("name", "mine"));
      batch =
          keyed(client, "a-5")
              .post("/api/v1/interactions/batch", "{\"interactions\":[" + TAUGHT + "]}");
      first.kill();
    }
    try (HoneProcess second = HoneProcess.start(data)) {
      HoneClient client = second.client();
      assertReplayed(keyed(client, "a-1").post("/api/v1/interactions", TAUGHT), interaction);
      assertReplayed(keyed(client, "a-2").post("/api/v1/feedback", said), feedback);
      assertReplayed(keyed(client, "a-3").post("/api/v1/experiences", ITEM), item);
      assertReplayed(
          keyed(client, "a-4").post("/api/v1/spaces", Json.object("name", "mine")), space);
      assertReplayed(
          keyed(client, "a-5")
              .post("/api/v1/interactions/batch", "{\"interactions\":[" + TAUGHT + "]}"),
          batch);
      assertThat(client.list("interactions")).hasSize(2);
      String id = interaction.json().path("id").asText();
      assertThat(client.list("feedback?interaction_id=" + id)).hasSize(2);
      assertThat(client.search("It leaks.")).hasSize(1);
      assertThat(client.list("spaces")).hasSize(2);
    }
  }

  @Test
  void anotherRequestUnderTheSameKeyIsAnError() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient keyed = keyed(hone.client(), "k");
      keyed.post("/api/v1/interactions", TAUGHT);
      hone.client().post("/api/v1/spaces", Json.object("name", "other"));

      for (HoneClient.Answer other :
          List.of(
              keyed.post("/api/v1/interactions", TAUGHT.replace("Nine", "Ten")),
              keyed.post("/api/v1/experiences", ITEM),
              keyed.space("other").post("/api/v1/interactions", TAUGHT))) {
        assertThat(other.status()).as(other.text()).isEqualTo(422);
        assertThat(other.json().path("type").asText())
            .isEqualTo("/problems/idempotency-key-reused");
      }
      assertThat(hone.client().list("interactions")).hasSize(1);
    }
  }

  @Test
  void aKeyIsItsPrincipalsOwn() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient.Answer anns = keyed(hone.client("ann"), "k").post("/api/v1/interactions", TAUGHT);
      HoneClient.Answer bobs = keyed(hone.client("bob"), "k").post("/api/v1/interactions", TAUGHT);

      assertThat(bobs.header("idempotency-replayed")).isEmpty();
      assertThat(bobs.text()).isNotEqualTo(anns.text());
    }
  }

  @Test
  void aRequestThatWasRefusedMayBeCorrectedUnderItsKey() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient keyed = keyed(hone.client(), "k");
      assertThat(keyed.post("/api/v1/interactions", "{}").status()).isEqualTo(400);
      assertThat(
              keyed
                  .post("/api/v1/feedback", Json.object("interaction_id", "no", "comment", "x"))
                  .status())
          .isEqualTo(404);
      assertThat(keyed.post("/api/v1/interactions", TAUGHT).status()).isEqualTo(201);
      assertThat(keyed(hone.client(), " ").post("/api/v1/interactions", TAUGHT).status())
          .isEqualTo(400);
    }
  }

  @Test
  void ofManyAtOnceOneHappensAndAllGetItsAnswer() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<HoneClient.Answer>> answers =
          IntStream.range(0, 12)
              .mapToObj(
                  i ->
                      clients.submit(
                          () -> {
                            start.await();
                            return keyed(hone.client(), "k").post("/api/v1/experiences", ITEM);
                          }))
              .toList();
      start.countDown();

      assertThat(answers).extracting(each -> each.get().status()).containsOnly(201);
      assertThat(answers.stream().map(each -> text(each)).distinct()).hasSize(1);
      assertThat(answers.stream().filter(each -> header(each).isEmpty()))
          .as("those that are not replays")
          .hasSize(1);
      assertThat(hone.client().list("experiences")).hasSize(1);
      assertThat(hone.client().list("commits")).hasSize(1);
    }
  }

  private static String text(Future<HoneClient.Answer> answer) {
    return answer.resultNow().text();
  }

  private static String header(Future<HoneClient.Answer> answer) {
    return answer.resultNow().header("idempotency-replayed");
  }

  @Test
  void aKeyThatIsOldIsForgotten() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "api.replay=1ms")) {
      String first = keyed(hone.client(), "k").post("/api/v1/interactions", TAUGHT).text();
      Thread.sleep(20);
      String second = keyed(hone.client(), "k").post("/api/v1/interactions", TAUGHT).text();

      assertThat(second).isNotEqualTo(first);
    }
  }
}
