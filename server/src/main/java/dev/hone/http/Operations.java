package dev.hone.http;

import dev.hone.http.exchange.Authentication;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Problem;
import dev.hone.port.Keys.Role;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What operators ask: is it alive, is it ready, what does it measure, which version is it. */
public final class Operations implements Operation.Service {

  private final Exchange exchange;
  private final Authentication authentication;
  private final PrometheusMeterRegistry registry;
  private final BooleanSupplier ready;
  private final String version;

  public Operations(
      Exchange exchange,
      Authentication authentication,
      PrometheusMeterRegistry registry,
      BooleanSupplier ready,
      String version) {
    this.exchange = exchange;
    this.authentication = authentication;
    this.registry = registry;
    this.ready = ready;
    this.version = version;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.open(
            "GET",
            "/health/live",
            (request, response) -> exchange.send(response, 200, Map.of("status", "up"))),
        Operation.open("GET", "/health/ready", this::ready),
        Operation.of(Role.ADMIN, "GET", "/metrics", this::metrics),
        Operation.open(
            "GET",
            "/version",
            (request, response) -> exchange.send(response, 200, Map.of("version", version))));
  }

  private void ready(ServerRequest request, ServerResponse response) {
    if (!ready.getAsBoolean()) {
      throw new Problem(503, "Not ready", "Hone is starting or stopping.");
    }
    exchange.send(response, 200, Map.of("status", "ready"));
  }

  /** What is measured is measured over all spaces together. */
  private void metrics(ServerRequest request, ServerResponse response) {
    authentication.caller(request).everywhere();
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    response.send(registry.scrape());
  }
}
