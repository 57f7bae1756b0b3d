package dev.hone.http;

import dev.hone.http.exchange.Connections;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Guard;
import dev.hone.http.exchange.Problem;
import dev.hone.port.Unwritable;
import io.helidon.http.HttpException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: which service answers under which path, and how errors are told. */
public final class HttpDoor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);

  private final Exchange exchange;
  private final WebServer server;

  /** A service and the path under which it answers. */
  public record Route(String path, HttpService service) {}

  /**
   * Starts to listen.
   *
   * @param port 0 takes a free one
   * @param routes asked in this order
   * @throws IllegalStateException if the port is taken
   */
  public HttpDoor(
      String host,
      int port,
      Duration grace,
      Exchange exchange,
      Connections connections,
      List<Route> routes) {
    this.exchange = exchange;
    server =
        WebServer.builder()
            .host(host)
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(grace)
            .connectionOptions(options -> options.tcpNoDelay(true))
            .protocolsDiscoverServices(false)
            .addConnectionSelector(connections)
            .routing(routing -> route(routing, host, connections, routes))
            .build()
            .start();
    // Helidon only logs that it could not bind.
    if (!server.isRunning() || server.port() <= 0) {
      server.stop();
      throw new IllegalStateException("the address is in use or cannot be bound");
    }
  }

  private void route(
      HttpRouting.Builder routing, String host, Connections connections, List<Route> routes) {
    routing.addFilter(connections);
    routing.addFilter(new Guard(exchange, host));
    routes.forEach(route -> routing.register(route.path(), route.service()));
    routing.error(Problem.class, this::problem);
    routing.error(HttpException.class, this::refused);
    routing.error(Unwritable.class, this::unwritable);
    routing.error(Throwable.class, this::broken);
  }

  /** The port listened on. */
  public int port() {
    return server.port();
  }

  /** The whole path: a service sees only its own part of it. */
  private static String path(ServerRequest request) {
    return request.prologue().uriPath().path();
  }

  private void problem(ServerRequest request, ServerResponse response, Problem problem) {
    if (path(request).startsWith("/v1/")) {
      exchange.sendOpenAi(response, problem);
    } else {
      exchange.send(response, problem);
    }
  }

  private void refused(ServerRequest request, ServerResponse response, HttpException e) {
    problem(
        request,
        response,
        new Problem(
            e.status().code(),
            e.status().reasonPhrase(),
            e.status().code() == 404
                ? "There is nothing at "
                    + request.prologue().method().text()
                    + " "
                    + path(request)
                    + ". The interfaces are /v1 (OpenAI) and /api/v1 (Hone)."
                : String.valueOf(e.getMessage())));
  }

  /** The store has told the log; the client did nothing wrong and may try again. */
  private void unwritable(ServerRequest request, ServerResponse response, Unwritable e) {
    problem(
        request,
        response,
        switch (e.reason()) {
          case FULL ->
              new Problem(
                  507,
                  "Insufficient storage",
                  "Nothing was taken: the disk of Hone's data folder is full. Free some space there"
                      + " and send the request again; no restart is needed.");
          case BROKEN ->
              new Problem(
                  503,
                  "Not written",
                  "Nothing was acknowledged: Hone cannot write to its data folder, and its log says"
                      + " why. Send the request again later.");
          case CLOSED ->
              new Problem(
                  503, "Stopping", "Nothing was taken: Hone is stopping. Send the request again.");
        });
  }

  /** What nobody foresaw: told to the log with its cause, to the client without. */
  private void broken(ServerRequest request, ServerResponse response, Throwable e) {
    if (e instanceof UncheckedIOException io && "the client broke off".equals(io.getMessage())) {
      LOG.debug("{} broke off", path(request));
      return;
    }
    LOG.error("{} {} failed", request.prologue().method().text(), path(request), e);
    problem(
        request,
        response,
        new Problem(500, "Internal error", "Hone failed to serve this request; its log says why."));
  }

  /** Stops taking requests, lets running ones end. */
  @Override
  public void close() {
    server.stop();
  }
}
