package dev.hone.http.exchange;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * HTTP/1.1 connections whose paths and headers are not judged, since most are for a model's server
 * to judge, and that know when their client has gone, also while a request is being served: each is
 * read ahead of what the request needs. A client that closes its sending side counts as gone, as
 * for most servers.
 */
public final class Connections implements ServerConnectionSelector, Filter {

  private final ScopedValue<ReadAhead> current = ScopedValue.newInstance();
  private final Http1ConnectionSelector http1;
  private final Duration patience;

  /**
   * @param largestHead bytes accepted as a request's headers
   * @param patience how long a client may stay silent in the middle of a request
   */
  public Connections(int largestHead, Duration patience) {
    this.http1 =
        Http1ConnectionSelector.builder()
            .config(
                Http1Config.builder()
                    .maxHeadersSize(largestHead)
                    .validatePrologue(false)
                    .validatePath(false)
                    .validateRequestHeaders(false)
                    .build())
            .build();
    this.patience = patience;
  }

  /** Whether the client of the request that this thread serves has gone. */
  public BooleanSupplier abandoned() {
    return current.isBound() ? current.get()::gone : () -> false;
  }

  /** Serves one request; what its connection brings afterwards is another one. */
  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    try {
      chain.proceed();
    } finally {
      if (current.isBound()) {
        current.get().answered();
      }
    }
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http1.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    ReadAhead ahead = new ReadAhead(context, patience);
    return new Watched(http1.connection(ahead), ahead);
  }

  /** An HTTP/1.1 connection whose requests know {@link #current}. */
  private final class Watched implements ServerConnection, InterruptableTask<Void> {

    private final ServerConnection inner;
    private final ReadAhead ahead;

    Watched(ServerConnection inner, ReadAhead ahead) {
      this.inner = inner;
      this.ahead = ahead;
    }

    private interface Handling {
      void run() throws InterruptedException;
    }

    private void handle(Handling handling) throws InterruptedException {
      ahead.start();
      try {
        ScopedValue.where(current, ahead)
            .<Void, InterruptedException>call(
                () -> {
                  handling.run();
                  return null;
                });
      } finally {
        ahead.stop();
      }
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      handle(() -> inner.handle(limit));
    }

    @Override
    public Duration idleTime() {
      return inner.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      inner.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
      return inner instanceof InterruptableTask<?> task && task.canInterrupt();
    }
  }
}
