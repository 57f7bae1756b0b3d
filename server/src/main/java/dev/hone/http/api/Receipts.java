package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.InteractionState;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Tag;
import dev.hone.port.Journal;
import dev.hone.port.Keys.Role;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/interactions}: what became of a principal's own interactions. */
public final class Receipts implements Resource {

  private final Journal journal;
  private final Views views = new Views();

  public Receipts(Journal journal) {
    this.journal = journal;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of("GET", Interactions.PATH, Role.CLIENT, "Your receipts, newest first.")
                .with(Trait.SCOPED)
                .query("state", Shapes.INTERACTION_STATE, "Only those.")
                .query("session", Schema.text(1, 256), "Only those of a session.")
                .query("conversation", Schema.text(1, 256), "Only those of a conversation.")
                .query("since", Shapes.TIME, "Only those from this time on (RFC 3339).")
                .query("until", Shapes.TIME, "Only those before this time.")
                .paged(Shapes.RECEIPT),
            this::list),
        new Endpoint(
            Operation.of(
                    "GET",
                    Interactions.PATH + "/{id}",
                    Role.CLIENT,
                    "The receipt of an interaction of yours.")
                .with(Trait.SCOPED, Trait.TAGGED)
                .answers(200, Shapes.RECEIPT),
            this::one));
  }

  private Answer list(Ask ask) {
    Journal.Wanted wanted =
        new Journal.Wanted(
            ask.parameter("state")
                .map(name -> InteractionState.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(null),
            ask.parameter("session").orElse(null),
            ask.parameter("conversation").orElse(null),
            time(ask, "since"),
            time(ask, "until"));
    return Pages.answer(
        ask,
        journal.receipts(ask.space(), ask.principal(), wanted, ask.cursor(), Pages.fetched(ask)),
        receipt -> receipt.interaction().id(),
        views::receipt);
  }

  private static @Nullable Instant time(Ask ask, String name) {
    String given = ask.parameter(name).orElse(null);
    if (given == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(given).toInstant();
    } catch (DateTimeException e) {
      throw Problem.invalid(
          List.of(
              Problem.Fault.inQuery(
                  name, "'" + name + "' is a time such as 2026-01-31T08:00:00Z.")));
    }
  }

  private Answer one(Ask ask) {
    String space = ask.space();
    String id = ask.path("id");
    ObjectNode view =
        journal
            .receipt(space, ask.principal(), id)
            .map(views::receipt)
            .orElseThrow(
                () ->
                    Problem.notFound(
                        "Space '" + space + "' has no interaction '" + id + "' of yours."));
    return Answer.of(200, view).header("ETag", Tag.of(view).value());
  }
}
