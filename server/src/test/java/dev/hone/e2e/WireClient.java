package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** One connection to a server, on which requests are sent byte for byte and answers kept so. */
final class WireClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final WireReader reader;

  WireClient(String url) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    reader = new WireReader(socket.getInputStream());
  }

  /** Sends one request over a connection of its own, and reads the answer. */
  static WireMessage exchange(String url, String head, byte[] body) throws IOException {
    try (WireClient client = new WireClient(url)) {
      client.send(head, body);
      return client.answer();
    }
  }

  /** Posts a chat request over a connection of its own. */
  static WireMessage chat(String url, String body, String... headers) throws IOException {
    List<String> head = new ArrayList<>(List.of("POST /v1/chat/completions HTTP/1.1"));
    head.add("Content-Type: application/json");
    head.addAll(List.of(headers));
    return exchange(url, String.join("\n", head), body.getBytes(UTF_8));
  }

  /**
   * Sends a request; {@code Host} and {@code Content-Length} are added to the lines of its head.
   */
  void send(String head, byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes((head.strip().replace("\n", "\r\n") + "\r\nHost: localhost").getBytes(UTF_8));
    if (body.length > 0 || head.startsWith("POST")) {
      bytes.writeBytes(("\r\nContent-Length: " + body.length).getBytes(UTF_8));
    }
    bytes.writeBytes("\r\n\r\n".getBytes(UTF_8));
    bytes.writeBytes(body);
    socket.getOutputStream().write(bytes.toByteArray());
  }

  WireMessage answer() throws IOException {
    return reader.answer();
  }

  /** Waits for the first bytes of an answer. */
  void awaitBegin() throws IOException {
    if (!reader.awaitByte()) {
      throw new AssertionError("the connection was closed without an answer");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
