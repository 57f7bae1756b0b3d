package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP over a bare socket, for what a client library would not send or not show. */
final class RawHttp implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

  private final Socket socket;
  private final InputStream in;

  RawHttp(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = socket.getInputStream();
  }

  /** Sends a request, whose lines end with a bare line feed here. */
  RawHttp send(String head, String body) throws IOException {
    String request =
        head.strip().replace("\n", "\r\n")
            + "\r\nContent-Length: "
            + body.length()
            + "\r\nConnection: close\r\n\r\n"
            + body;
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads up to and with these characters, and not one byte more. */
  String readTo(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError("the connection ended before '" + end + "': " + text);
      }
      text.append((char) next);
    }
    return text.toString();
  }

  /** Reads one answer, head and body, however its end is told. */
  String readAnswer() throws IOException {
    String head = readTo("\r\n\r\n");
    Matcher length = LENGTH.matcher(head);
    return head
        + (length.find()
            ? new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1)
            : readTo("\r\n0\r\n\r\n"));
  }

  /** Reads everything up to the end of the connection. */
  String readRest() throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  /** Whether the other side has closed the connection, after everything was read. */
  boolean closed() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
