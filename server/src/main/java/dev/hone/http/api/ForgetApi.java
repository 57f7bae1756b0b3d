package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.Erasure;
import dev.hone.experience.Selection;
import dev.hone.experience.Selection.By;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.port.Forgetting.Entry;
import dev.hone.port.Forgetting.Result;
import dev.hone.port.Keys.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/forget}: plans to forget, carrying them out, taking them back. A client forgets
 * its own interactions; a curator everybody's; all that another principal did, an administrator
 * alone.
 */
public final class ForgetApi implements Resource {

  private static final String PATH = "/api/v1/forget";

  private final Erasure erasure;
  private final ForgetViews views = new ForgetViews();

  public ForgetApi(Erasure erasure) {
    this.erasure = erasure;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of(
                    "POST",
                    PATH,
                    Role.CLIENT,
                    "A plan to forget: what would go, and what becomes of the items. Changes"
                        + " nothing.")
                .with(Trait.SCOPED)
                .takes(
                    Struct.of()
                        .optional("interaction", Shapes.ID, "An interaction's id.")
                        .optional("session", Schema.text(1, 256), "The application's session.")
                        .optional("user", Schema.text(1, 256), "The application's user.")
                        .optional("principal", Shapes.ID, "All that was done with a key.")
                        .optional(
                            "source",
                            Schema.text(1, 600),
                            "What was imported: SOURCE or SOURCE#RECORD.")
                        .optional(
                            "query",
                            Schema.text(1, 1_000),
                            "Words that stand one behind the other, in any case."),
                    "{\"session\":\"demo\"}")
                .answers(201, ForgetViews.PLAN),
            this::plan),
        new Endpoint(
            Operation.of(
                    "POST", PATH + "/{id}/execute", Role.CLIENT, "Carries out a plan of yours.")
                .with(Trait.SCOPED, Trait.WRITES)
                .takes(
                    Struct.of().required("token", Schema.text(1, 100), "The plan's."),
                    "{\"token\":\"{plan}\"}")
                .answers(200, ForgetViews.ENTRY),
            this::execute),
        new Endpoint(
            Operation.of(
                    "POST",
                    PATH + "/{id}/undo",
                    Role.CLIENT,
                    "Puts back what was forgotten, until it is destroyed.")
                .with(Trait.SCOPED, Trait.WRITES)
                .takes(Struct.of(), "{}")
                .answers(200, ForgetViews.ENTRY),
            this::undo),
        new Endpoint(
            Operation.of(
                    "GET",
                    PATH,
                    Role.CLIENT,
                    "What was forgotten, newest first: a curator sees all, a client its own.")
                .with(Trait.SCOPED)
                .paged(ForgetViews.ENTRY),
            this::list),
        new Endpoint(
            Operation.of("GET", PATH + "/{id}", Role.CLIENT, "A forgetting, or a plan of yours.")
                .with(Trait.SCOPED)
                .answers(200, ForgetViews.PLAN_OR_ENTRY),
            this::one));
  }

  private static boolean curates(Ask ask) {
    return ask.caller().role().covers(Role.CURATOR);
  }

  private Answer plan(Ask ask) {
    Selection selection = selection(ask);
    String space = ask.space();
    if (selection.by() == By.PRINCIPAL
        && !selection.value().equals(ask.principal())
        && !ask.caller().role().covers(Role.ADMIN)) {
      throw new Problem(
          403,
          "Not allowed",
          "All that another principal did is forgotten by a key of role admin; your own principal"
              + " is '"
              + ask.principal()
              + "'.");
    }
    return Answer.of(
        201, views.plan(erasure.plan(space, selection, ask.principal()), ask.principal()));
  }

  private static Selection selection(Ask ask) {
    List<Selection> given = new ArrayList<>();
    for (By by : By.values()) {
      ask.text(by.toString())
          .map(String::strip)
          .ifPresent(value -> given.add(selection(ask, by, value)));
    }
    if (given.size() != 1) {
      throw Problem.badRequest(
          "Name one thing to forget: 'interaction', 'session', 'user', 'principal', 'source' or"
              + " 'query'.");
    }
    return given.getFirst();
  }

  private static Selection selection(Ask ask, By by, String value) {
    try {
      return new Selection(by, value, curates(ask) ? null : ask.principal());
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private Answer execute(Ask ask) {
    String token = ask.text("token").orElseThrow();
    String space = ask.space();
    String id = ask.path("id");
    Erasure.Planned planned =
        erasure
            .planned(space, id)
            .filter(each -> each.author().equals(ask.principal()))
            .orElseThrow(() -> notPlanned(ask, space, id));
    if (!planned.plan().token().equals(token)) {
      throw Problem.badRequest("'token' is not this plan's: send the one that the plan shows.");
    }
    return answer(ask, erasure.execute(planned, token));
  }

  private Problem notPlanned(Ask ask, String space, String id) {
    return visible(ask, id) == null
        ? unknown(space, id)
        : new Problem(409, "Plan outdated", "Forgetting '" + id + "' was carried out already.");
  }

  private @Nullable Entry visible(Ask ask, String id) {
    return erasure
        .entry(ask.space(), id)
        .filter(each -> curates(ask) || each.author().equals(ask.principal()))
        .orElse(null);
  }

  private static Problem unknown(String space, String id) {
    return Problem.notFound(
        "Space '"
            + space
            + "' has no forgetting '"
            + id
            + "' of yours. A plan is kept for an hour, until a restart or until something of the"
            + " space is forgotten: POST /api/v1/forget makes another.");
  }

  private Answer undo(Ask ask) {
    String space = ask.space();
    String id = ask.path("id");
    if (visible(ask, id) == null) {
      throw unknown(space, id);
    }
    return answer(ask, erasure.undo(space, id, ask.principal()));
  }

  private Answer answer(Ask ask, Result result) {
    return switch (result) {
      case Result.Done(Entry entry) -> Answer.of(200, views.entry(entry));
      case Result.Stale ignored ->
          throw new Problem(
              409,
              "Plan outdated",
              "What would be forgotten is not what the plan said any more. POST /api/v1/forget"
                  + " makes another plan.");
      case Result.TooLate(Entry entry) ->
          throw new Problem(
              409,
              "Plan outdated",
              "Forgetting '"
                  + entry.id()
                  + "' is "
                  + ForgetViews.stage(entry)
                  + ": this can be done with one that is neither undone nor destroyed.");
      case Result.Later(Entry entry) ->
          throw new Problem(
              409,
              "Forgotten later",
              "Forgetting '"
                  + entry.id()
                  + "' of this space came later and is "
                  + ForgetViews.stage(entry)
                  + ": undo that one first.");
      case Result.Missing() -> throw unknown(ask.space(), ask.path("id"));
    };
  }

  private Answer list(Ask ask) {
    return Pages.answer(
        ask,
        erasure.list(
            ask.space(), curates(ask) ? null : ask.principal(), ask.cursor(), Pages.fetched(ask)),
        Entry::id,
        views::entry);
  }

  private Answer one(Ask ask) {
    String space = ask.space();
    String id = ask.path("id");
    Entry entry = visible(ask, id);
    if (entry != null) {
      return Answer.of(200, views.entry(entry));
    }
    ObjectNode plan =
        erasure
            .planned(space, id)
            .filter(each -> each.author().equals(ask.principal()))
            .map(each -> views.plan(each, ask.principal()))
            .orElseThrow(() -> unknown(space, id));
    return Answer.of(200, plan);
  }
}
