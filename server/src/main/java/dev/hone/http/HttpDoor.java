package dev.hone.http;

import dev.hone.http.exchange.Authentication;
import dev.hone.http.exchange.Connections;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Noted;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Route;
import dev.hone.port.Unwritable;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
   * @param filters passed in this order, before it is asked who may
   * @param routes all that can be asked
   * @throws UncheckedIOException if it cannot listen there, with the reason
   * @throws IllegalStateException if the address is taken at this very moment
   */
  public HttpDoor(
      String host,
      int port,
      Duration grace,
      Exchange exchange,
      Authentication authentication,
      Connections connections,
      List<Filter> filters,
      List<Route> routes) {
    this.exchange = exchange;
    this.authentication = authentication;
    bindable(new InetSocketAddress(host, port));
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
            .routing(routing -> route(routing, connections, filters, routes))
            .build()
            .start();
    // Taken since; Helidon only logs it.
    if (!server.isRunning() || server.port() <= 0) {
      server.stop();
      throw new IllegalStateException("the address is in use or cannot be bound");
    }
  }

  /** Says why an address cannot be bound, which Helidon only logs. */
  private static void bindable(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private void route(
      HttpRouting.Builder routing,
      Connections connections,
      List<Filter> filters,
      List<Route> routes) {
    routing.addFilter(connections);
    filters.forEach(routing::addFilter);
    byPath(routes).forEach((path, here) -> route(routing, path, here, routes));
    routing.any(this::nothing);
    routing.error(Problem.class, this::problem);
    routing.error(
        Unwritable.class,
        (request, response, e) -> problem(request, response, Admittance.problem(e)));
    routing.error(HttpException.class, this::refused);
    routing.error(Throwable.class, this::broken);
  }

  /** Names first, then parameters, then any rest: none takes the place of one before it. */
  private static Map<String, List<Route>> byPath(List<Route> routes) {
    return routes.stream()
        .sorted(
            Comparator.comparing((Route each) -> path(each).endsWith("*"))
                .thenComparing(each -> path(each).contains("{")))
        .collect(Collectors.groupingBy(HttpDoor::path, LinkedHashMap::new, Collectors.toList()));
  }

  private static String path(Route route) {
    return route.operation().path();
  }

  private void route(
      HttpRouting.Builder routing, String path, List<Route> here, List<Route> routes) {
    for (Route route : here) {
      String method = route.operation().method();
      if (method.equals(Operation.ANY)) {
        routing.any(path, admitting(route));
      } else {
        routing.route(Method.create(method), path, admitting(route));
      }
    }
    boolean passed =
        routes.stream()
            .filter(each -> each.operation().method().equals(Operation.ANY))
            .anyMatch(each -> path.startsWith(path(each).replace("*", "")));
    if (!passed) {
      String allowed =
          here.stream()
              .map(each -> each.operation().method())
              .sorted()
              .collect(Collectors.joining(", "));
      routing.any(path, (request, response) -> refuse(path, allowed, request));
    }
  }

  /** The one place where it is decided who may ask what, before anything of it is read. */
  private Handler admitting(Route route) {
    return (request, response) -> {
      Noted.of(request).path(path(route));
      route.operation().role().ifPresent(role -> authentication.admit(request, role));
      route.handler().handle(request, response);
    };
  }

  /** Which methods there are is told to those only who may ask. */
  private void refuse(String path, String allowed, ServerRequest request) {
    Noted.of(request).path(path);
    authentication.caller(request);
    throw new Problem(
            405,
            "Method not allowed",
            request.prologue().method().text() + " is not taken here; " + allowed + " is.")
        .header("Allow", allowed);
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
    if (e instanceof CloseConnectionException close) {
      throw close;
    }
    if (e instanceof SocketWriterException
        || (e instanceof UncheckedIOException io && io.getCause() instanceof SocketException)) {
      throw new CloseConnectionException("the client broke off", e);
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
