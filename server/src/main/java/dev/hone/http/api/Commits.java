package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.Commit;
import dev.hone.experience.Query;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.http.exchange.Tag;
import dev.hone.network.Network;
import dev.hone.port.Keys.Role;
import dev.hone.port.Pool;
import java.util.List;

/** {@code /api/v1/commits}: the history of a pool, and going back in it. */
public final class Commits implements Resource {

  private static final String PATH = "/api/v1/commits";

  private final Pool pool;
  private final Network network;
  private final Views views = new Views();

  public Commits(Pool pool, Network network) {
    this.pool = pool;
    this.network = network;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of("GET", PATH, Role.CLIENT, "The history of a pool, newest first.")
                .with(Trait.SCOPED)
                .paged(Shapes.COMMIT),
            this::list),
        new Endpoint(
            Operation.of("GET", PATH + "/{id}", Role.CLIENT, "One commit and what it changed.")
                .with(Trait.SCOPED, Trait.TAGGED)
                .query(
                    "since",
                    Shapes.ID,
                    "Another commit: what differs between the pool after that one and after this.")
                .answers(200, Shapes.COMMIT_WITH_CHANGES),
            this::one),
        new Endpoint(
            Operation.of(
                    "POST",
                    PATH + "/{id}/restore",
                    Role.CURATOR,
                    "Makes the pool what it was after a commit, or before it, by a further commit.")
                .with(Trait.SCOPED, Trait.WRITES)
                .query(
                    "dryRun",
                    Schema.choice(List.of("true", "false")),
                    "true: only say what would change.")
                .takes(
                    Struct.of()
                        .optional("before", Schema.flag(), "Before the commit, not after it.")
                        .optional("reason", Schema.text(1, 1_000), ""),
                    "{\"before\":true,\"reason\":\"by mistake\"}")
                .answers(201, Shapes.ROLLBACK),
            this::restore));
  }

  private Answer list(Ask ask) {
    return Pages.answer(
        ask,
        pool.commits(ask.space(), before(ask), Pages.fetched(ask)),
        commit -> Long.toString(commit.sequence()),
        views::commit);
  }

  private static long before(Ask ask) {
    String cursor = ask.cursor();
    if (cursor == null) {
      return Query.HEAD;
    }
    if (!cursor.matches("\\d{1,18}")) {
      throw Problem.invalid(
          List.of(Problem.Fault.inQuery("cursor", "'cursor' is what 'next' said before.")));
    }
    return Long.parseLong(cursor);
  }

  private Answer one(Ask ask) {
    Commit commit = commit(ask, ask.path("id"));
    long since =
        ask.parameter("since").map(id -> commit(ask, id).sequence()).orElse(commit.sequence() - 1);
    List<Pool.Difference> readable =
        pool.differences(commit.space(), since, commit.sequence(), ask.principal());
    ObjectNode view = views.commit(commit);
    view.set("changes", views.differences(readable));
    view.put("hidden", since == commit.sequence() - 1 ? hidden(commit, readable) : 0);
    return Answer.of(200, view).header("ETag", Tag.of(view).value());
  }

  private static long hidden(Commit commit, List<Pool.Difference> readable) {
    return commit.touched().stream().map(Commit.Touched::experience).distinct().count()
        - readable.size();
  }

  private Commit commit(Ask ask, String id) {
    String space = ask.space();
    return pool.commit(space, id)
        .orElseThrow(() -> Problem.notFound("Space '" + space + "' has no commit '" + id + "'."));
  }

  private Answer restore(Ask ask) {
    boolean before = Exchange.flag(ask.body(), "before", false);
    boolean dryRun = ask.parameter("dryRun").map(Boolean::parseBoolean).orElse(false);
    Commit target = commit(ask, ask.path("id"));
    String space = target.space();
    long sequence = target.sequence() - (before ? 1 : 0);
    String reason =
        ask.text("reason").orElse("the state " + (before ? "before " : "after ") + target.id());
    if (dryRun) {
      Pool.Foreseen foreseen =
          pool.foreseeRestore(space, sequence, ask.principal(), reason)
              .orElseThrow(Commits::nothingToChange);
      ObjectNode view = rollback(foreseen.commit(), foreseen.differences(), true);
      return Answer.of(200, view.putNull("id"));
    }
    Commit made =
        network
            .backend()
            .restore(space, sequence, ask.principal(), reason)
            .orElseThrow(Commits::nothingToChange);
    List<Pool.Difference> readable =
        pool.differences(space, made.sequence() - 1, made.sequence(), ask.principal());
    return Answer.of(201, rollback(made, readable, false));
  }

  private ObjectNode rollback(Commit commit, List<Pool.Difference> readable, boolean dryRun) {
    ObjectNode view = views.commit(commit);
    view.set("changes", views.differences(readable));
    return view.put("hidden", hidden(commit, readable)).put("dry_run", dryRun);
  }

  private static Problem nothingToChange() {
    return new Problem(409, "Nothing to change", "The pool already is in that state.");
  }
}
