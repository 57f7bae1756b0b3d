package dev.hone.http;

import dev.hone.http.exchange.Connections;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Guard;
import dev.hone.http.exchange.Problem;
import dev.hone.port.Unwritable;
import io.helidon.http.HttpException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
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
   * @param log names and logs every request
   * @param routes asked in this order
   * @throws IllegalStateException if the port is taken
   */
  public HttpDoor(
      String host,
      int port,
      Duration grace,
      Exchange exchange,
      Connections connections,
      RequestLog log,
      List<Route> routes) {
    this.exchange = exchange;
    server =
        WebServer.builder()
            .host(host)
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(grace)
            .connectionOptions(options -> options.tcpNoDelay(true).readTimeout(Duration.ZERO))
            // Helidon's own NIO socket writes less than it is given and does not say so (issue
            // 11340).
            .useNio(false)
            .protocolsDiscoverServices(false)
            .addConnectionSelector(connections)
            .routing(routing -> route(routing, host, connections, log, routes))
            .build()
            .start();
    // Helidon only logs that it could not bind.
    if (!server.isRunning() || server.port() <= 0) {
      server.stop();
      throw new IllegalStateException("the address is in use or cannot be bound");
    }
  }

  private void route(
      HttpRouting.Builder routing,
      String host,
      Connections connections,
      RequestLog log,
      List<Route> routes) {
    routing.addFilter(connections);
    routing.addFilter(log);
    routing.addFilter(new Guard(exchange, host));
    routes.forEach(route -> routing.register(route.path(), route.service()));
    routing.error(Problem.class, this::problem);
    routing.error(
        Unwritable.class,
        (request, response, e) -> problem(request, response, Admittance.problem(e)));
    routing.error(HttpException.class, this::refused);
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

  /** What nobody foresaw: told to the log with its cause, to the client without. */
  private void broken(ServerRequest request, ServerResponse response, Throwable e) {
    if (e instanceof CloseConnectionException close) {
      throw close;
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
