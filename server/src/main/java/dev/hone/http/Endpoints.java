package dev.hone.http;

import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** The endpoints as routes: each request is held against its operation before it is answered. */
public final class Endpoints {

  private final Exchange exchange;
  private final Callers callers;
  private final Admittance admittance;
  private final Once once;
  private final List<Endpoint> endpoints;

  public Endpoints(
      Exchange exchange,
      Callers callers,
      Admittance admittance,
      Once once,
      List<Endpoint> endpoints) {
    this.exchange = exchange;
    this.callers = callers;
    this.admittance = admittance;
    this.once = once;
    this.endpoints = List.copyOf(endpoints);
  }

  /** What is to be registered. */
  public List<Route> routes() {
    return endpoints.stream()
        .map(
            endpoint ->
                new Route(
                    endpoint.operation(),
                    (request, response) -> answer(endpoint, request, response)))
        .toList();
  }

  private void answer(Endpoint endpoint, ServerRequest request, ServerResponse response) {
    Operation operation = endpoint.operation();
    Inspection inspection = new Inspection(exchange, operation, request);
    inspection.accept();
    inspection.query();
    Ask ask = new Ask(request, callers, inspection.body());
    if (operation.is(Trait.WRITES)) {
      admittance.check();
    }
    Answer answer =
        operation.is(Trait.KEYED)
            ? once.answer(ask, endpoint.handler())
            : done(endpoint.handler().answer(ask));
    exchange.send(
        response, operation.is(Trait.TAGGED) ? Tags.unlessKnown(request, answer) : answer);
  }

  private static Answer done(Answer answer) {
    answer.effect().run();
    return answer;
  }
}
