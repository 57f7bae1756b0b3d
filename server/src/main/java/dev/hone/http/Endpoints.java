package dev.hone.http;

import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Noted;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Problem;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The endpoints as routes: each request is held against its operation before it is answered. */
public final class Endpoints implements HttpService {

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

  /** Paths without parameters first, so that a parameter never takes a name's place. */
  @Override
  public void routing(HttpRules rules) {
    Map<String, List<Endpoint>> byPath =
        endpoints.stream()
            .sorted(Comparator.comparing(each -> each.operation().path().contains("{")))
            .collect(
                Collectors.groupingBy(
                    each -> each.operation().path(), LinkedHashMap::new, Collectors.toList()));
    byPath.forEach(
        (path, here) -> {
          for (Endpoint endpoint : here) {
            rules.route(
                Method.create(endpoint.operation().method()),
                path,
                (request, response) -> answer(endpoint, request, response));
          }
          String allowed =
              here.stream()
                  .map(each -> each.operation().method())
                  .sorted()
                  .collect(Collectors.joining(", "));
          rules.any(path, (request, response) -> refuse(path, allowed, request));
        });
  }

  private static void refuse(String path, String allowed, ServerRequest request) {
    Noted.of(request).path(path);
    throw new Problem(
            405,
            "Method not allowed",
            request.prologue().method().text() + " is not taken here; " + allowed + " is.")
        .header("Allow", allowed);
  }

  private void answer(Endpoint endpoint, ServerRequest request, ServerResponse response) {
    Operation operation = endpoint.operation();
    Noted.of(request).path(operation.path());
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
