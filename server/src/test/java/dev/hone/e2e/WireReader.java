package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.Optional;

/**
 * Reads HTTP/1.1 messages off a connection, and keeps what came of one that breaks off or is
 * malformed.
 */
final class WireReader {

  private final InputStream in;

  WireReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** The next request; empty when the connection ends before one begins. */
  Optional<WireMessage> request() throws IOException {
    WireMessage message = read(new ByteArrayOutputStream(), true);
    return message.head().length == 0 ? Optional.empty() : Optional.of(message);
  }

  /** The next answer behind any interim ones (1xx). */
  WireMessage answer() throws IOException {
    WireMessage message = read(new ByteArrayOutputStream(), false);
    while (message.status() >= 100 && message.status() < 200) {
      message = read(new ByteArrayOutputStream(), false);
    }
    return message;
  }

  /** Whether a byte comes; not, when the other side closes the connection first. */
  boolean awaitByte() throws IOException {
    in.mark(1);
    boolean came = in.read() >= 0;
    in.reset();
    return came;
  }

  private WireMessage read(ByteArrayOutputStream head, boolean request) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      readHead(head);
      WireMessage begun = new WireMessage(head.toByteArray(), new byte[0], true);
      if (begun.header("transfer-encoding").equalsIgnoreCase("chunked")) {
        readChunks(body);
      } else if (!begun.header("content-length").isEmpty()) {
        readExactly(Integer.parseInt(begun.header("content-length")), body);
      } else if (!request && begun.status() >= 200 && begun.status() != 204) {
        in.transferTo(body);
      }
      return new WireMessage(begun.head(), body.toByteArray(), true);
    } catch (EOFException | SocketException | NumberFormatException e) {
      boolean headed = head.toString(ISO_8859_1).endsWith("\r\n\r\n");
      return new WireMessage(headed ? head.toByteArray() : new byte[0], body.toByteArray(), false);
    }
  }

  private void readHead(ByteArrayOutputStream head) throws IOException {
    int seen = 0;
    while (seen < 4) {
      int next = next();
      head.write(next);
      seen = next == "\r\n\r\n".charAt(seen) ? seen + 1 : next == '\r' ? 1 : 0;
    }
  }

  private void readChunks(ByteArrayOutputStream body) throws IOException {
    int size = sizeOf(line());
    while (size > 0) {
      readExactly(size, body);
      line();
      size = sizeOf(line());
    }
    while (!line().isEmpty()) {
      // A trailer is of the connection.
    }
  }

  private static int sizeOf(String line) {
    return Integer.parseInt(line.split(";", 2)[0].strip(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = next(); next != '\n'; next = next()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private void readExactly(int length, ByteArrayOutputStream into) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    for (int left = length; left > 0; ) {
      int n = in.read(buffer, 0, Math.min(left, buffer.length));
      if (n < 0) {
        throw new EOFException();
      }
      into.write(buffer, 0, n);
      left -= n;
    }
  }

  private int next() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }
}
