package dev.hone.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.State;
import dev.hone.http.exchange.Caller;
import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Problem;
import dev.hone.port.Episodes;
import dev.hone.port.Keys.Role;
import dev.hone.port.Pool;
import dev.hone.port.Spaces;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;

/** {@code /api/v1/spaces} and {@code stats}: the pools there are, and how full they are. */
public final class SpacesApi implements Operation.Service {

  private final Exchange exchange;
  private final Callers callers;
  private final Spaces spaces;
  private final Pool pool;
  private final Episodes episodes;
  private final Views views = new Views();

  public SpacesApi(
      Exchange exchange, Callers callers, Spaces spaces, Pool pool, Episodes episodes) {
    this.exchange = exchange;
    this.callers = callers;
    this.spaces = spaces;
    this.pool = pool;
    this.episodes = episodes;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.of(Role.CLIENT, "GET", "/api/v1/spaces", this::list),
        Operation.of(Role.ADMIN, "POST", "/api/v1/spaces", this::create),
        Operation.of(Role.CLIENT, "GET", "/api/v1/stats", this::stats));
  }

  private void list(ServerRequest request, ServerResponse response) {
    Caller caller = callers.caller(request);
    exchange.send(
        response,
        200,
        views.list(
            spaces.list().stream()
                .filter(space -> caller.enters(space.name()))
                .map(views::space)
                .toList()));
  }

  /**
   * Takes {@code {"name": …, "learning"?: "distill" | "raw" | "off"}}. For those only who may enter
   * every space: nobody else learns which names are taken.
   */
  private void create(ServerRequest request, ServerResponse response) {
    callers.caller(request).everywhere();
    JsonNode body = exchange.object(request);
    String name =
        Exchange.text(body, "name")
            .orElseThrow(() -> Problem.badRequest("'name' must be a string."));
    Callers.problemWithName(name)
        .ifPresent(
            problem -> {
              throw Problem.badRequest(problem);
            });
    Spaces.Space space = new Spaces.Space(name, learning(body));
    if (!spaces.create(space)) {
      throw new Problem(409, "Space exists", "There is a space '" + name + "' already.");
    }
    exchange.send(response, 201, views.space(space));
  }

  private static Spaces.LearningMode learning(JsonNode body) {
    String name = Exchange.text(body, "learning").orElse("distill");
    for (Spaces.LearningMode mode : Spaces.LearningMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(name)) {
        return mode;
      }
    }
    throw Problem.badRequest("'learning' is one of distill, raw, off; not '" + name + "'.");
  }

  private void stats(ServerRequest request, ServerResponse response) {
    String space = callers.space(request);
    ObjectNode stats = exchange.json().createObjectNode();
    Episodes.Counts counts = episodes.counts(space);
    stats.put("space", space);
    stats.put("interactions", counts.interactions());
    stats.put("episodes", counts.episodes());
    stats.put("active", pool.inStates(space, List.of(State.ACTIVE)).size());
    stats.put("candidates", pool.inStates(space, List.of(State.CANDIDATE)).size());
    stats.put("commits", pool.head(space));
    exchange.send(response, 200, stats);
  }
}
