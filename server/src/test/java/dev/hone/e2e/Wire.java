package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The server's side of one connection: what is written goes out at once, as it stands. */
final class Wire {

  /** What happens to the connection while no request runs on it. */
  private enum Idle {
    KEPT,
    CLOSED_AFTER_A_WHILE,
    CLOSED_WHEN_USED
  }

  private final Socket socket;
  private final WireReader reader;
  private Idle idle = Idle.KEPT;
  private Duration patience = Duration.ZERO;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.reader = new WireReader(socket.getInputStream());
  }

  Wire send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  Wire send(String text) throws IOException {
    return send(text.getBytes(UTF_8));
  }

  /** The status line and header lines, then the empty line. */
  Wire head(String status, String... lines) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\n");
    for (String line : lines) {
      head.append(line).append("\r\n");
    }
    return send(head.append("\r\n").toString());
  }

  /** A head, then a body whose length is told. */
  Wire whole(String status, byte[] body, String... lines) throws IOException {
    String[] all = Arrays.copyOf(lines, lines.length + 1);
    all[lines.length] = "Content-Length: " + body.length;
    return head(status, all).send(body);
  }

  /** One chunk of a chunked body. */
  Wire chunk(byte[] bytes) throws IOException {
    return chunk(bytes, "");
  }

  Wire chunk(String text) throws IOException {
    return chunk(text.getBytes(UTF_8));
  }

  /** One chunk, with an extension behind its length. */
  Wire chunk(byte[] bytes, String extension) throws IOException {
    byte[] length = (Integer.toHexString(bytes.length) + extension + "\r\n").getBytes(UTF_8);
    byte[] all = new byte[length.length + bytes.length + 2];
    System.arraycopy(length, 0, all, 0, length.length);
    System.arraycopy(bytes, 0, all, length.length, bytes.length);
    all[all.length - 2] = '\r';
    all[all.length - 1] = '\n';
    return send(all);
  }

  /** The end of a chunked body, with these trailers. */
  Wire lastChunk(String... trailers) throws IOException {
    StringBuilder end = new StringBuilder("0\r\n");
    for (String trailer : trailers) {
      end.append(trailer).append("\r\n");
    }
    return send(end.append("\r\n").toString());
  }

  /** Says nothing for a while. */
  Wire pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
    return this;
  }

  /** Ends the connection in order (FIN). */
  void close() throws IOException {
    socket.close();
  }

  /** Ends the connection without order (RST). */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Closes the connection when no request has come for this long; zero is at once. */
  void closeIdleAfter(Duration time) {
    idle = Idle.CLOSED_AFTER_A_WHILE;
    patience = time;
  }

  /** Closes the connection at the moment the next request arrives on it. */
  void closeWhenUsed() {
    idle = Idle.CLOSED_WHEN_USED;
  }

  /** Whether the client closes the connection within this time. */
  boolean leftWithin(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    try {
      return !reader.awaitByte();
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    } finally {
      socket.setSoTimeout(0);
    }
  }

  /** Waits for the next request, as the script of the last one wants it. */
  Optional<WireMessage> next() throws IOException {
    switch (idle) {
      case KEPT -> {}
      case CLOSED_AFTER_A_WHILE -> {
        if (patience.isZero() || !requestWithin(patience)) {
          close();
        }
      }
      case CLOSED_WHEN_USED -> {
        reader.awaitByte();
        close();
      }
    }
    idle = Idle.KEPT;
    return socket.isClosed() ? Optional.empty() : reader.request();
  }

  private boolean requestWithin(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    try {
      return reader.awaitByte();
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      socket.setSoTimeout(0);
    }
  }
}
