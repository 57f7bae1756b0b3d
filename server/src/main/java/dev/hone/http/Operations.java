package dev.hone.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.port.Keys.Role;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What operators ask: is it alive, is it ready, what does it measure, which version is it. */
public final class Operations implements Resource {

  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final Struct STATUS = Struct.of().required("status", Schema.text(), "");

  private final PrometheusMeterRegistry registry;
  private final BooleanSupplier ready;
  private final String version;

  public Operations(PrometheusMeterRegistry registry, BooleanSupplier ready, String version) {
    this.registry = registry;
    this.ready = ready;
    this.version = version;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.open("GET", "/health/live", "Whether the process lives.")
                .answers(200, STATUS),
            ask -> Answer.of(200, one("status", "up"))),
        new Endpoint(
            Operation.open("GET", "/health/ready", "Whether requests are served.")
                .answers(200, STATUS),
            this::ready),
        new Endpoint(
            Operation.of("GET", "/metrics", Role.ADMIN, "What is measured, for Prometheus.")
                .answers(200, PROMETHEUS),
            this::metrics),
        new Endpoint(
            Operation.open("GET", "/version", "Which version runs.")
                .answers(200, Struct.of().required("version", Schema.text(), "")),
            ask -> Answer.of(200, one("version", version))));
  }

  private Answer ready(Ask ask) {
    if (!ready.getAsBoolean()) {
      throw new Problem(503, "Not ready", "Hone is starting or stopping.");
    }
    return Answer.of(200, one("status", "ready"));
  }

  /** What is measured is measured over all spaces together. */
  private Answer metrics(Ask ask) {
    ask.caller().everywhere();
    return Answer.text(PROMETHEUS, registry.scrape());
  }

  private static ObjectNode one(String name, String value) {
    return JsonNodeFactory.instance.objectNode().put(name, value);
  }
}
