package dev.hone.http;

import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What operators ask: is it alive, is it ready, what does it measure, which version is it. */
public final class Operations implements HttpService {

  private final Exchange exchange;
  private final PrometheusMeterRegistry registry;
  private final BooleanSupplier ready;
  private final String version;

  public Operations(
      Exchange exchange, PrometheusMeterRegistry registry, BooleanSupplier ready, String version) {
    this.exchange = exchange;
    this.registry = registry;
    this.ready = ready;
    this.version = version;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get(
            "/health/live",
            (request, response) -> exchange.send(response, 200, Map.of("status", "up")))
        .get("/health/ready", this::ready)
        .get("/metrics", this::metrics)
        .get(
            "/version",
            (request, response) -> exchange.send(response, 200, Map.of("version", version)));
  }

  private void ready(ServerRequest request, ServerResponse response) {
    if (!ready.getAsBoolean()) {
      throw new Problem(503, "Not ready", "Hone is starting or stopping.");
    }
    exchange.send(response, 200, Map.of("status", "ready"));
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    response.send(registry.scrape());
  }
}
