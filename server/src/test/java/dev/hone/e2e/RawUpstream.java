package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/**
 * A model server over bare sockets: it keeps the exact bytes of what it received, and does to a
 * connection what a script says, however ill-behaved.
 */
final class RawUpstream implements AutoCloseable {

  /** What to do about a request; it may leave the connection open for the next. */
  interface Script {
    void answer(WireMessage request, Wire wire) throws IOException;

    /** This first, then that. */
    default Script then(Script next) {
      return (request, wire) -> {
        answer(request, wire);
        next.answer(request, wire);
      };
    }
  }

  private final ServerSocket server;
  private final List<WireMessage> received = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Script script;

  RawUpstream(Script script) throws IOException {
    this.script = script;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      Wire wire = new Wire(socket);
      for (Optional<WireMessage> next = wire.next(); next.isPresent(); next = wire.next()) {
        received.add(next.get());
        script.answer(next.get(), wire);
      }
    } catch (IOException e) {
      // The client went away, or the script broke the connection: the test looks at the outcome.
    } finally {
      open.remove(socket);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  void script(Script next) {
    script = next;
  }

  List<WireMessage> received() {
    return List.copyOf(received);
  }

  WireMessage last() {
    return received.getLast();
  }

  /** How many connections were made so far. */
  int connections() {
    return connections.get();
  }

  /** An answer in JSON as a whole, with these further header lines. */
  static Script json(String status, String body, String... lines) {
    return whole(status, "application/json", body.getBytes(UTF_8), lines);
  }

  static Script whole(String status, String type, byte[] body, String... lines) {
    String[] all = Arrays.copyOf(lines, lines.length + 1);
    all[lines.length] = "Content-Type: " + type;
    return (request, wire) -> wire.whole(status, body, all);
  }

  /** A stream of events, each piece a chunk, up to and with its end. */
  static Script stream(String... pieces) {
    return begunStream(pieces).then((request, wire) -> wire.lastChunk());
  }

  /** A stream of events that does not end here. */
  static Script begunStream(String... pieces) {
    return (request, wire) -> {
      wire.head("200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
      for (String piece : pieces) {
        wire.chunk(piece);
      }
    };
  }

  /** One script after the other; the last one stays. */
  static Script inTurn(Script... scripts) {
    AtomicInteger turn = new AtomicInteger();
    return (request, wire) ->
        scripts[Math.min(turn.getAndIncrement(), scripts.length - 1)].answer(request, wire);
  }

  static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
