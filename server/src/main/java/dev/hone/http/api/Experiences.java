package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.Experience;
import dev.hone.experience.Pin;
import dev.hone.experience.Query;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Tag;
import dev.hone.port.Keys.Role;
import dev.hone.port.Pool;
import java.util.List;

/** {@code GET /api/v1/experiences}: items, their evidence, their versions. */
public final class Experiences implements Resource {

  static final String PATH = "/api/v1/experiences";
  private static final int MOST_LINKS = 10;

  private final Pool pool;
  private final Views views = new Views();

  public Experiences(Pool pool) {
    this.pool = pool;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of("GET", PATH, Role.CLIENT, "Items, newest first; of candidates your own.")
                .with(Trait.SCOPED)
                .header(Callers.PIN, Schema.text(), "A commit: the pool is seen as it was then.")
                .paged(Shapes.EXPERIENCE),
            this::list),
        new Endpoint(
            Operation.of("GET", PATH + "/{id}", Role.CLIENT, "One item with its evidence.")
                .with(Trait.SCOPED, Trait.TAGGED)
                .header(Callers.PIN, Schema.text(), "A commit: the item is seen as it was then.")
                .answers(200, Shapes.EXPERIENCE_WITH_EVIDENCE),
            this::one),
        new Endpoint(
            Operation.of(
                    "GET",
                    PATH + "/{id}/versions",
                    Role.CLIENT,
                    "The versions of an item, newest first, each with the commit that wrote it.")
                .with(Trait.SCOPED)
                .paged(Shapes.VERSION),
            this::versions),
        new Endpoint(
            Operation.of(
                    "GET",
                    PATH + "/{id}/decisions",
                    Role.CLIENT,
                    "What was decided about an item, and why, by the newest episodes first.")
                .with(Trait.SCOPED)
                .paged(Shapes.DECISION),
            this::decisions));
  }

  private Answer list(Ask ask) {
    String space = ask.space();
    String principal = ask.principal();
    Pin pin = ask.pin();
    int fetched = Pages.fetched(ask);
    return Pages.answer(
            ask,
            pin.commit() == null
                ? pool.readable(space, principal, ask.cursor(), fetched)
                : pool.readableAsOf(space, principal, ask.cursor(), fetched, pin.sequence()),
            Experience::id,
            views::experience)
        .seen(pin);
  }

  private Answer one(Ask ask) {
    Pin pin = ask.pin();
    Experience item = pin.commit() == null ? readable(pool, ask) : readable(ask, pin);
    ObjectNode view = full(pool, views, item, ask.principal(), pin.sequence());
    return Answer.of(200, view).header("ETag", Tag.of(item.version(), view).value()).seen(pin);
  }

  private Experience readable(Ask ask, Pin pin) {
    String id = ask.path("id");
    return pool.readableAsOf(ask.space(), id, ask.principal(), pin.sequence())
        .orElseThrow(() -> unknown(ask, id));
  }

  private Answer decisions(Ask ask) {
    Experience item = readable(pool, ask);
    List<Pool.Decided> decisions = pool.decisionsAbout(item.space(), item.id());
    int behind = number(ask, 0);
    return Pages.answer(
        ask,
        decisions.stream().skip(behind).limit(Pages.fetched(ask)).toList(),
        last -> Integer.toString(decisions.indexOf(last) + 1),
        views::decision);
  }

  /** The item that the path names. */
  static Experience readable(Pool pool, Ask ask) {
    String id = ask.path("id");
    return pool.readable(ask.space(), id, ask.principal()).orElseThrow(() -> unknown(ask, id));
  }

  static Problem unknown(Ask ask, String id) {
    return Problem.notFound("Space '" + ask.space() + "' has no item '" + id + "'.");
  }

  /** An item as it is read, and tagged. */
  static ObjectNode full(Pool pool, Views views, Experience item, String principal) {
    return full(pool, views, item, principal, Query.HEAD);
  }

  private static ObjectNode full(
      Pool pool, Views views, Experience item, String principal, long at) {
    String space = item.space();
    ObjectNode view = views.experience(item);
    view.set("evidence", views.evidence(pool.evidence(space, item.id(), at)));
    view.set("links", views.links(pool.links(space, item.id(), principal, MOST_LINKS, at)));
    return view;
  }

  private Answer versions(Ask ask) {
    String space = ask.space();
    List<Pool.Projected> versions = pool.versions(space, ask.path("id"), ask.principal());
    if (versions.isEmpty()) {
      throw unknown(ask, ask.path("id"));
    }
    int before = number(ask, Integer.MAX_VALUE);
    return Pages.answer(
        ask,
        versions.stream()
            .filter(each -> each.experience().version() < before)
            .limit(Pages.fetched(ask))
            .toList(),
        each -> Integer.toString(each.experience().version()),
        each ->
            views.version(
                each, pool.commits(space, each.experience().sequence() + 1, 1).getFirst()));
  }

  /** The number that the cursor is. */
  private static int number(Ask ask, int first) {
    String cursor = ask.cursor();
    if (cursor == null) {
      return first;
    }
    if (!cursor.matches("\\d{1,9}")) {
      throw Problem.invalid(
          List.of(Problem.Fault.inQuery("cursor", "'cursor' is what 'next' said before.")));
    }
    return Integer.parseInt(cursor);
  }
}
