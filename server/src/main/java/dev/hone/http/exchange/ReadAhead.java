package dev.hone.http.exchange;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is read by a thread of its own, some pieces ahead, so that its end is seen when
 * it comes and not when somebody reads.
 */
final class ReadAhead implements ConnectionContext {

  private static final int PIECES = 4;
  private static final byte[] END = {};

  private final ConnectionContext inner;
  private final Duration patience;
  private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);
  private final DataReader reader = DataReader.create(this::next);
  private volatile boolean gone;
  private volatile boolean stopped;
  private boolean inRequest;

  /**
   * @param patience how long the client may stay silent in the middle of a request
   */
  ReadAhead(ConnectionContext inner, Duration patience) {
    this.inner = inner;
    this.patience = patience;
  }

  void start() {
    Thread.ofVirtual().name("hone-reads-ahead").start(this::run);
  }

  private void run() {
    try {
      DataReader before = inner.dataReader();
      if (before.available() > 0) {
        pieces.put(before.readBytes(before.available()));
      }
      for (byte[] piece = read(); piece != null && !stopped; piece = read()) {
        pieces.put(piece);
      }
      gone = true;
      pieces.put(END);
    } catch (InterruptedException e) {
      gone = true;
    }
  }

  /** Nothing is read for a request any more; the thread ends with the connection. */
  void stop() {
    stopped = true;
    pieces.clear();
  }

  private byte @Nullable [] read() {
    try {
      return inner.serverSocket().get();
    } catch (UncheckedIOException e) {
      return null;
    }
  }

  /**
   * The next piece for the protocol.
   *
   * @throws CloseConnectionException at the end, and when the client is silent for too long
   */
  private byte[] next() {
    try {
      byte[] piece =
          inRequest ? pieces.poll(patience.toMillis(), TimeUnit.MILLISECONDS) : pieces.take();
      if (piece == null) {
        throw new CloseConnectionException("the client stopped in the middle of a request");
      }
      if (piece.length == 0) {
        pieces.add(END);
        throw new CloseConnectionException("the client has gone");
      }
      inRequest = true;
      return piece;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("interrupted", e);
    }
  }

  boolean gone() {
    return gone;
  }

  void answered() {
    inRequest = false;
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public ListenerContext listenerContext() {
    return inner.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return inner.executor();
  }

  @Override
  public DataWriter dataWriter() {
    return inner.dataWriter();
  }

  @Override
  public Router router() {
    return inner.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return inner.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return inner.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return inner.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return inner.localPeer();
  }

  @Override
  public boolean isSecure() {
    return inner.isSecure();
  }

  @Override
  public String socketId() {
    return inner.socketId();
  }

  @Override
  public String childSocketId() {
    return inner.childSocketId();
  }
}
