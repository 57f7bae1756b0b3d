package dev.hone.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Commit;
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

/** {@code /api/v1/commits}: the history of a pool, and going back in it. */
public final class Commits implements Operation.Service {

  private final Exchange exchange;
  private final Callers callers;
  private final Pool pool;
  private final Network network;
  private final Views views = new Views();

  public Commits(Exchange exchange, Callers callers, Pool pool, Network network) {
    this.exchange = exchange;
    this.callers = callers;
    this.pool = pool;
    this.network = network;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.of(Role.CLIENT, "GET", "/api/v1/commits", this::list),
        Operation.of(Role.CLIENT, "GET", "/api/v1/commits/{id}", this::one),
        Operation.of(Role.CURATOR, "POST", "/api/v1/commits/{id}/restore", this::restore));
  }

  private void list(ServerRequest request, ServerResponse response) {
    String space = callers.space(request);
    int limit = Exchange.number(request, "limit", 50, 1, 500);
    int before = Exchange.number(request, "before", 0, 0, Integer.MAX_VALUE);
    List<Commit> commits = pool.commits(space, before == 0 ? Query.HEAD : before, limit);
    exchange.send(response, 200, views.list(commits.stream().map(views::commit).toList()));
  }

  private void one(ServerRequest request, ServerResponse response) {
    exchange.send(response, 200, views.commit(commit(request)));
  }

  private Commit commit(ServerRequest request) {
    String space = callers.space(request);
    String id = Exchange.inPath(request, "id");
    return pool.commit(space, id)
        .orElseThrow(() -> Problem.notFound("Space '" + space + "' has no commit '" + id + "'."));
  }

  /**
   * Makes the pool what it was after this commit, or before it with {@code {"before": true,
   * "reason"?: …}}. The change is a commit itself, so going forward again is a restore too.
   */
  private void restore(ServerRequest request, ServerResponse response) {
    JsonNode body = exchange.object(request);
    boolean before = Exchange.flag(body, "before", false);
    Commit target = commit(request);
    String reason =
        Exchange.text(body, "reason")
            .orElse("the state " + (before ? "before " : "after ") + target.id());
    Optional<Commit> made =
        network
            .backend()
            .restore(
                target.space(),
                target.sequence() - (before ? 1 : 0),
                callers.principal(request),
                reason);
    if (made.isEmpty()) {
      throw new Problem(409, "Nothing to change", "The pool already is in that state.");
    }
    exchange.send(response, 201, views.commit(made.get()));
  }
}
