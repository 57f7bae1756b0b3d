package dev.hone.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.LearningLoop;
import dev.hone.experience.Episode;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Refinement;
import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Problem;
import dev.hone.network.Network;
import dev.hone.port.Episodes;
import dev.hone.port.Keys.Role;
import dev.hone.port.Pool;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code /api/v1/learning}, {@code episodes} and {@code refinements}: where learning stands, and
 * pushing it on.
 */
public final class LearningApi implements Operation.Service {

  private static final int LONGEST_WAIT_SECONDS = 3_600;

  private final Exchange exchange;
  private final Callers callers;
  private final LearningLoop loop;
  private final Episodes episodes;
  private final Pool pool;
  private final Network network;
  private final Views views = new Views();

  public LearningApi(
      Exchange exchange,
      Callers callers,
      LearningLoop loop,
      Episodes episodes,
      Pool pool,
      Network network) {
    this.exchange = exchange;
    this.callers = callers;
    this.loop = loop;
    this.episodes = episodes;
    this.pool = pool;
    this.network = network;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.of(Role.CLIENT, "GET", "/api/v1/learning", this::status),
        Operation.of(Role.CURATOR, "POST", "/api/v1/learning/settle", this::settle),
        Operation.of(Role.CLIENT, "GET", "/api/v1/episodes", this::episodes),
        Operation.of(Role.CLIENT, "GET", "/api/v1/episodes/{id}", this::episode),
        Operation.of(Role.CURATOR, "POST", "/api/v1/episodes/{id}/end", this::end),
        Operation.of(Role.CURATOR, "POST", "/api/v1/refinements", this::refine));
  }

  private void status(ServerRequest request, ServerResponse response) {
    exchange.send(response, 200, status(callers.space(request)));
  }

  private ObjectNode status(String space) {
    ObjectNode status = exchange.json().createObjectNode();
    status.put("space", space);
    status.put("backlog", episodes.backlog(space));
    status.put("failed", episodes.counts(space).failed());
    status.put("head", pool.head(space));
    return status;
  }

  /**
   * Takes {@code {"timeout_seconds"?: 1 to 3600}}; ends the open episodes and waits until all is
   * learned from.
   */
  private void settle(ServerRequest request, ServerResponse response) {
    JsonNode body = exchange.object(request);
    String space = callers.space(request);
    JsonNode seconds = body.path("timeout_seconds");
    if (!seconds.isMissingNode()
        && !(seconds.isInt() && seconds.asInt() >= 1 && seconds.asInt() <= LONGEST_WAIT_SECONDS)) {
      throw Problem.badRequest("'timeout_seconds' must be a whole number between 1 and 3600.");
    }
    boolean settled = loop.settle(space, Duration.ofSeconds(seconds.asInt(60)));
    exchange.send(response, settled ? 200 : 202, status(space).put("settled", settled));
  }

  private void episodes(ServerRequest request, ServerResponse response) {
    String space = callers.space(request);
    Optional<EpisodeState> state = Exchange.parameter(request, "state").map(LearningApi::state);
    int limit = Exchange.number(request, "limit", 50, 1, 500);
    exchange.send(
        response,
        200,
        views.list(
            episodes.list(space, callers.principal(request), state.orElse(null), limit).stream()
                .map(views::episode)
                .toList()));
  }

  private static EpisodeState state(String name) {
    for (EpisodeState state : EpisodeState.values()) {
      if (state.name().equalsIgnoreCase(name)) {
        return state;
      }
    }
    throw Problem.badRequest("'state' is one of open, closed, learned, failed.");
  }

  private void episode(ServerRequest request, ServerResponse response) {
    exchange.send(response, 200, views.episode(own(request)));
  }

  /** The caller's own episode of that id. */
  private Episode own(ServerRequest request) {
    String space = callers.space(request);
    String id = Exchange.inPath(request, "id");
    return episodes
        .episode(space, id)
        .filter(episode -> episode.principal().equals(callers.principal(request)))
        .orElseThrow(
            () -> Problem.notFound("Space '" + space + "' has no episode '" + id + "' of yours."));
  }

  private void end(ServerRequest request, ServerResponse response) {
    String id = own(request).id();
    loop.end(id);
    exchange.send(
        response, 202, exchange.json().createObjectNode().put("id", id).put("ending", true));
  }

  /** Takes {@code {"dry_run"?: true or false, "reason"?: …}}. */
  private void refine(ServerRequest request, ServerResponse response) {
    JsonNode body = exchange.object(request);
    String space = callers.space(request);
    boolean dryRun = Exchange.flag(body, "dry_run", false);
    String reason = Exchange.text(body, "reason").orElse("by hand");
    Refinement result = network.backend().refine(space, dryRun, callers.principal(request), reason);
    exchange.send(
        response, dryRun || result.commit() == null ? 200 : 201, views.refinement(result));
  }
}
