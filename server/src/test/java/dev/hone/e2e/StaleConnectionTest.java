package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models close connections that they kept open for a while; that must not fail a request. */
class StaleConnectionTest {

  private static final int CONNECTIONS = 3;

  @TempDir Path data;

  /** Answers one request on each connection, as if more could follow, then closes it. */
  private static void serve(ServerSocket model, CountDownLatch[] closed) {
    for (CountDownLatch each : closed) {
      try (Socket socket = model.accept()) {
        InputStream in = socket.getInputStream();
        StringBuilder request = new StringBuilder();
        while (!request.toString().endsWith("]}")) {
          request.append((char) in.read());
        }
        String body = StubUpstream.completion("Fine.");
        socket
            .getOutputStream()
            .write(
                ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                    .getBytes(UTF_8));
      } catch (IOException e) {
        return;
      }
      each.countDown();
    }
  }

  @Test
  void aConnectionThatTheModelHasClosedIsNotUsedAgain() throws Exception {
    CountDownLatch[] closed = new CountDownLatch[CONNECTIONS];
    for (int i = 0; i < CONNECTIONS; i++) {
      closed[i] = new CountDownLatch(1);
    }
    try (ServerSocket model = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        HoneFixture hone =
            HoneFixture.start(data, "upstream.url=http://127.0.0.1:" + model.getLocalPort())) {
      Thread.ofVirtual().start(() -> serve(model, closed));
      for (CountDownLatch each : closed) {
        HoneClient.Answer answer = hone.client().chat(Json.chat("m", "Hello there"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.said()).isEqualTo("Fine.");
        assertThat(each.await(60, TimeUnit.SECONDS)).isTrue();
      }
    }
  }
}
