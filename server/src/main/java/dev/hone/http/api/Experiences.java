package dev.hone.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.Experience;
import dev.hone.experience.Query;
import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Problem;
import dev.hone.network.Network;
import dev.hone.port.Keys.Role;
import dev.hone.port.Pool;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /api/v1/experiences}: looking at items, their evidence, and what a query would find. */
public final class Experiences implements Operation.Service {

  private static final int MOST_FOUND = 50;

  private final Exchange exchange;
  private final Callers callers;
  private final Pool pool;
  private final Network network;
  private final Views views = new Views();

  public Experiences(Exchange exchange, Callers callers, Pool pool, Network network) {
    this.exchange = exchange;
    this.callers = callers;
    this.pool = pool;
    this.network = network;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.of(Role.CLIENT, "GET", "/api/v1/experiences", this::list),
        Operation.of(Role.CLIENT, "POST", "/api/v1/experiences/search", this::search),
        Operation.of(Role.CLIENT, "GET", "/api/v1/experiences/{id}", this::one));
  }

  private void list(ServerRequest request, ServerResponse response) {
    String space = callers.space(request);
    String principal = callers.principal(request);
    int limit = Exchange.number(request, "limit", 50, 1, 500);
    List<Experience> page =
        pool.readable(space, principal, Exchange.parameter(request, "before").orElse(null), limit);
    exchange.send(response, 200, views.list(page.stream().map(views::experience).toList()));
  }

  private void one(ServerRequest request, ServerResponse response) {
    String space = callers.space(request);
    String id = Exchange.inPath(request, "id");
    Optional<Experience> item = pool.readable(space, id, callers.principal(request));
    if (item.isEmpty()) {
      throw Problem.notFound("Space '" + space + "' has no item '" + id + "'.");
    }
    ObjectNode view = views.experience(item.get());
    view.set("evidence", views.evidence(pool.evidence(space, id)));
    exchange.send(response, 200, view);
  }

  /** Takes {@code {"query": …, "limit"?: 1 to 50}}. */
  private void search(ServerRequest request, ServerResponse response) {
    JsonNode body = exchange.object(request);
    String space = callers.space(request);
    String text =
        Exchange.text(body, "query")
            .filter(query -> !query.isBlank())
            .orElseThrow(() -> Problem.badRequest("'query' must be a string that is not blank."));
    JsonNode limit = body.path("limit");
    if (!limit.isMissingNode()
        && !(limit.isInt() && limit.asInt() >= 1 && limit.asInt() <= MOST_FOUND)) {
      throw Problem.badRequest("'limit' must be a whole number between 1 and 50.");
    }
    Query query =
        new Query(
            space,
            callers.principal(request),
            text,
            Set.of(),
            callers.pin(request, space),
            limit.asInt(5),
            Set.of());
    exchange.send(
        response, 200, views.list(network.retrieve(query).stream().map(views::hit).toList()));
  }
}
