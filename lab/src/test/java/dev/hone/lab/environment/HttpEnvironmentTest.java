package dev.hone.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An environment of another process, over HTTP. */
class HttpEnvironmentTest extends EnvironmentContract {

  private static final Duration LONG = Duration.ofSeconds(20);

  private CorridorServer corridor;

  @BeforeEach
  void start() throws IOException {
    corridor = new CorridorServer();
  }

  @AfterEach
  void stop() {
    corridor.close();
  }

  @Override
  Environment environment() {
    return new HttpEnvironment(corridor.url() + "/", LONG);
  }

  @Test
  void anEpisodeIsActedThroughToItsReward() {
    Environment environment = environment();
    Situation start = environment.reset(2);
    assertThat(start.observation()).contains("room 2");
    assertThat(start.actions()).containsExactly("left", "right", "jump");
    assertThat(start.info())
        .containsEntry("instructions", "Leave the corridor.")
        .containsEntry("room", "2");

    Step first = environment.step("right");
    assertThat(first.reward()).isEmpty();
    assertThat(first.done()).isFalse();
    Step second = environment.step("right");
    assertThat(second.reward()).hasValue(1);
    assertThat(second.terminated()).isTrue();
    assertThat(corridor.actions()).containsExactly("right", "right");
  }

  /** As the server of Python's library does, which speaks HTTP/1.0. */
  @Test
  void aServerThatClosesEachConnectionAfterItsAnswerIsAsked() throws IOException {
    String answer = "{\"observation\":\"a corridor\"}";
    byte[] reply =
        ("HTTP/1.0 200 OK\r\ncontent-length: " + answer.length() + "\r\n\r\n" + answer)
            .getBytes(StandardCharsets.US_ASCII);
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  while (true) {
                    try (Socket socket = server.accept()) {
                      asked.add(read(socket.getInputStream()));
                      socket.getOutputStream().write(reply);
                    }
                  }
                } catch (IOException e) {
                  // The test is over.
                }
              });
      Environment environment =
          new HttpEnvironment("http://127.0.0.1:" + server.getLocalPort(), LONG);

      for (int i = 0; i < 300; i++) {
        assertThat(environment.reset(i).observation()).isEqualTo("a corridor");
      }
      assertThat(asked)
          .hasSize(300)
          .allSatisfy(
              request ->
                  assertThat(request)
                      .startsWith("POST /reset HTTP/1.1\r\n")
                      .doesNotContainIgnoringCase("upgrade"));
    }
  }

  /** Reads a request, up to the end of its JSON object. */
  private static String read(InputStream in) throws IOException {
    StringBuilder request = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '}') {
      request.append((char) next);
      next = in.read();
    }
    return request.toString();
  }

  @Test
  void twoEpisodesOfOneServerDoNotMeet() {
    Environment one = environment();
    Environment other = environment();
    one.reset(3);
    other.reset(0);
    assertThat(other.step("right").done()).isFalse();
    assertThat(one.step("right").terminated()).isTrue();
  }

  @Test
  void anAnswerThatTakesTooLongIsToldWithTheOptionThatHelps() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    HttpServer silent = server("", over);
    try {
      Environment environment = new HttpEnvironment(url(silent), Duration.ofMillis(50));
      assertThatThrownBy(() -> environment.reset(1))
          .isInstanceOf(EnvironmentFailed.class)
          .hasMessageContaining("/reset did not answer within 50 ms")
          .hasMessageContaining("--timeout");
    } finally {
      over.countDown();
      silent.stop(0);
    }
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    String url = corridor.url();
    corridor.close();
    assertThatThrownBy(() -> new HttpEnvironment(url, LONG).reset(1))
        .isInstanceOf(EnvironmentFailed.class)
        .hasMessageContaining(url + "/reset cannot be asked");
  }

  @Test
  void anAnswerAgainstTheProtocolIsNamedWithWhatIsWrong() throws IOException {
    refused("[1]", "is not a JSON object");
    refused("<html>", "is not JSON: <html>");
    refused("{\"observation\":3}", "has no text 'observation'");
    refused("{\"observation\":\"x\",\"actions\":[\"a\",2]}", "'actions' that is not a text");
    refusedStep("\"reward\":7,\"terminated\":true,\"truncated\":false", "'reward' 7");
    refusedStep("\"reward\":\"high\",\"terminated\":true,\"truncated\":false", "'reward' \"high\"");
    refusedStep("\"reward\":1,\"terminated\":1,\"truncated\":false", "has no 'terminated'");
    refusedStep("\"reward\":1,\"terminated\":true", "has no 'truncated'");
  }

  private void refused(String answer, String why) throws IOException {
    HttpServer server = server(answer, new CountDownLatch(0));
    try {
      Environment environment = new HttpEnvironment(url(server), LONG);
      assertThatThrownBy(() -> environment.reset(1))
          .isInstanceOf(EnvironmentFailed.class)
          .hasMessageContaining(why)
          .hasMessageContaining("docs/environments.md");
    } finally {
      server.stop(0);
    }
  }

  private void refusedStep(String fields, String why) throws IOException {
    HttpServer server = server("{\"observation\":\"x\"," + fields + "}", new CountDownLatch(0));
    try {
      Environment environment = new HttpEnvironment(url(server), LONG);
      environment.reset(1);
      assertThatThrownBy(() -> environment.step("a"))
          .isInstanceOf(EnvironmentFailed.class)
          .hasMessageContaining(why);
      assertThatThrownBy(() -> environment.step("a")).isInstanceOf(IllegalStateException.class);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anErrorOfTheServerIsQuoted() {
    Environment environment = new HttpEnvironment(corridor.url() + "/nowhere", LONG);
    assertThatThrownBy(() -> environment.reset(1))
        .isInstanceOf(EnvironmentFailed.class)
        .hasMessageContaining("is 404");
  }

  @Test
  void whatIsNoAddressIsRefusedAtOnce() {
    assertThatThrownBy(() -> new HttpEnvironment("localhost:80", LONG))
        .isInstanceOf(EnvironmentFailed.class)
        .hasMessageContaining("localhost:80 is not the URL of a server");
  }

  /** Answers everything with this, once it may. */
  private static HttpServer server(String answer, CountDownLatch may) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try {
            may.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
