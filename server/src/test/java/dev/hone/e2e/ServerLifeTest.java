package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.config.InvalidSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting, stopping, and living beside another one. */
class ServerLifeTest {

  private static final String QUESTION = "How do I close the cooling loop of the Kestrel rig?";

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::"})
  void anAddressThatOthersReachIsRefusedWithoutKeys(String host) {
    assertThatThrownBy(() -> HoneFixture.start(data, "server.host=" + host))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("server.host is " + host)
        .hasMessageContaining("loopback")
        .hasMessageContaining("hone keys create");
  }

  @Test
  void noRequestMissesItsDeadlineBeforeThereIsOne() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "retrieval.deadline=1ms")) {
      assertThat(hone.client().get("/metrics").text())
          .contains("hone_learning_backlog")
          .doesNotContain("hone_failed_open");
    }
  }

  @Test
  void aPortThatIsTakenIsToldAndTheFolderIsFreeAgain() throws Exception {
    Path second = Files.createDirectory(data.resolve("second"));
    try (HoneFixture hone = HoneFixture.start(data.resolve("first"))) {
      assertThatThrownBy(() -> HoneFixture.start(second, "server.port=" + hone.port()))
          .isInstanceOf(InvalidSettings.class)
          .hasMessageContaining("Cannot listen on 127.0.0.1:" + hone.port())
          .hasMessageContaining("--port")
          .message()
          .as("the operating system's reason, in its language")
          .containsPattern("\\(\\S.+\\)")
          .doesNotContain("cannot be bound");

      try (HoneFixture other = HoneFixture.start(second)) {
        assertThat(other.client().get("/health/ready").status()).isEqualTo(200);
      }
      assertThat(hone.client().get("/health/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void twoServersInOneProcessDoNotKnowOfEachOther() throws Exception {
    try (HoneFixture two = HoneFixture.start(data.resolve("two"), "retrieval.k=0")) {
      assertSeparate(HoneFixture.start(data.resolve("one")), two);

      assertThat(two.client().ask("Where is the spare fuse kept?").mode())
          .as("the other one lives on, and shows no items as set")
          .isEqualTo("nothing-relevant");
    }
  }

  private static void assertSeparate(HoneFixture first, HoneFixture two) throws Exception {
    try (HoneFixture one = first) {
      String id = one.client().teach(QUESTION, "Turn the red lever V7 twice.");
      one.client().settle();
      two.client().teach("Where is the spare fuse kept?", "In the lower drawer.");
      two.client().settle();

      assertThat(one.client().ask(QUESTION).mode()).isEqualTo("augmented");
      assertThat(two.client().search(QUESTION)).isEmpty();
      assertThat(two.client().get("/api/v1/interactions/" + id).status()).isEqualTo(404);
      assertThat(one.client().list("experiences")).hasSize(1);
      assertThat(two.client().list("experiences")).hasSize(1);
      assertThat(one.client().list("experiences"))
          .doesNotContainAnyElementsOf(two.client().list("experiences"));
      assertThat(two.client().get("/metrics").text()).doesNotContain("hone_requests_total{");
    }
  }

  @Test
  void aStreamThatRunsWhileHoneStopsIsFinishedAndKept() throws Exception {
    CountDownLatch stopping = new CountDownLatch(1);
    String id;
    try (StubUpstream stub =
        new StubUpstream(
            (request, exchange) -> {
              OutputStream out = StubUpstream.stream(exchange);
              out.write(StubUpstream.event("one").getBytes(UTF_8));
              out.flush();
              stopping.await(60, TimeUnit.SECONDS);
              out.write((StubUpstream.event(" two") + "data: [DONE]\n\n").getBytes(UTF_8));
            })) {
      HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url(), "server.grace=60s");
      var response = hone.client().stream(Json.chat("m", QUESTION));
      id = response.headers().firstValue("x-hone-interaction-id").orElseThrow();

      CompletableFuture<Void> stop = CompletableFuture.runAsync(hone::close);
      Await.until("no new connection is taken", () -> refuses(hone.port()));
      stopping.countDown();

      assertThat(new String(response.body().readAllBytes(), UTF_8))
          .isEqualTo(StubUpstream.event("one") + StubUpstream.event(" two") + "data: [DONE]\n\n");
      stop.get(90, TimeUnit.SECONDS);
    }
    try (HoneFixture again = HoneFixture.start(data)) {
      assertThat(again.client().receipt(id).path("state").asText()).isEqualTo("completed");
      assertThat(again.client().receipt(id).at("/answer/content").asText()).isEqualTo("one two");
    }
  }

  private static boolean refuses(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (ConnectException e) {
      return true;
    }
  }

  @Test
  void whatWasTakenBeforeAStopIsLearnedFromAfterTheNextStart() throws Exception {
    String id;
    try (HoneFixture hone = HoneFixture.start(data)) {
      id = hone.client().teach(QUESTION, "Turn the red lever V7 twice.");
    }
    try (HoneFixture hone = HoneFixture.start(data)) {
      hone.client().settle();
      assertThat(hone.client().receipt(id).at("/learning/status").asText()).isEqualTo("distilled");
      assertThat(hone.client().ask(QUESTION).said()).startsWith("Turn the red lever V7 twice.");
    }
  }
}
