package dev.hone.http;

import dev.hone.http.exchange.Authentication;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Guard;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: who may ask what, which operation answers, and how errors are told. */
public final class HttpDoor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);

  private final Exchange exchange;
  private final Authentication authentication;
  private final WebServer server;

  /**
   * Starts to listen.
   *
   * @param port 0 takes a free one
   * @param operations the first that fits a request answers it
   * @throws IllegalStateException if the port is taken
   */
  public HttpDoor(
      String host,
      int port,
      Duration grace,
      Exchange exchange,
      Authentication authentication,
      Guard guard,
      List<Operation> operations) {
    this.exchange = exchange;
    this.authentication = authentication;
    server =
        WebServer.builder()
            .host(host)
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(grace)
            .connectionOptions(options -> options.tcpNoDelay(true))
            .routing(routing -> route(routing, guard, operations))
            .build()
            .start();
    // Helidon only logs that it could not bind.
    if (!server.isRunning() || server.port() <= 0) {
      server.stop();
      throw new IllegalStateException("the address is in use or cannot be bound");
    }
  }

  private void route(HttpRouting.Builder routing, Guard guard, List<Operation> operations) {
    routing.addFilter(guard);
    for (Operation operation : operations) {
      String path = operation.path().endsWith("*") ? operation.path() : operation.path() + "[/]";
      if (operation.method().equals(Operation.ANY)) {
        routing.any(path, admitting(operation));
      } else {
        routing.route(Method.create(operation.method()), path, admitting(operation));
      }
    }
    routing.any(this::nothing);
    routing.error(Problem.class, this::problem);
    routing.error(HttpException.class, this::refused);
    routing.error(Throwable.class, this::broken);
  }

  /** The one place where it is decided who may ask what. */
  private Handler admitting(Operation operation) {
    return operation
        .role()
        .<Handler>map(
            role ->
                (request, response) -> {
                  authentication.admit(request, role);
                  operation.handler().handle(request, response);
                })
        .orElse(operation.handler());
  }

  /** What is not there is told to those only who may ask. */
  private void nothing(ServerRequest request, ServerResponse response) {
    authentication.caller(request);
    throw Problem.notFound(
        "There is nothing at "
            + request.prologue().method().text()
            + " "
            + path(request)
            + ". The interfaces are /v1 (OpenAI) and /api/v1 (Hone).");
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
    if (problem.status() == 401) {
      response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
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
        new Problem(e.status().code(), e.status().reasonPhrase(), String.valueOf(e.getMessage())));
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
