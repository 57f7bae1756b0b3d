package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.Commit;
import dev.hone.experience.Edit;
import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.http.exchange.Tag;
import dev.hone.network.Network;
import dev.hone.port.Classifier;
import dev.hone.port.Ids;
import dev.hone.port.Keys.Role;
import dev.hone.port.Pool;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /api/v1/experiences}: what people write, change and take out, each as a commit. */
public final class Edits implements Resource {

  private static final Struct MADE =
      Struct.of()
          .required("id", Shapes.ID, "")
          .required("version", Schema.whole(1, Integer.MAX_VALUE), "");

  private final Pool pool;
  private final Network network;
  private final Lessons lessons;
  private final Ids ids;
  private final Views views = new Views();

  /**
   * @param types the topics there are
   */
  public Edits(Pool pool, Network network, Set<String> types, Classifier classifier, Ids ids) {
    this.pool = pool;
    this.network = network;
    this.lessons = new Lessons(types, classifier);
    this.ids = ids;
  }

  @Override
  public List<Endpoint> endpoints() {
    String one = Experiences.PATH + "/{id}";
    return List.of(
        new Endpoint(
            Operation.of("POST", Experiences.PATH, Role.CURATOR, "Writes an item by hand.")
                .with(Trait.SCOPED, Trait.WRITES, Trait.KEYED)
                .takes(
                    Lessons.NEW,
                    "{\"when\":\"The pump of rig 7 does not start.\",\"content\":\"Open valve V7"
                        + " first.\",\"kind\":\"procedure\",\"reason\":\"asked for weekly\"}")
                .answers(201, MADE),
            this::create),
        new Endpoint(
            Operation.of("PATCH", one, Role.CURATOR, "Changes an item: a new version of it.")
                .with(Trait.SCOPED, Trait.WRITES, Trait.CONDITIONAL)
                .takes(Lessons.CHANGED, "{\"content\":\"Open valve V8 first.\"}")
                .answers(200, Shapes.EXPERIENCE_WITH_EVIDENCE),
            this::change),
        new Endpoint(
            Operation.of(
                    "DELETE",
                    one,
                    Role.CURATOR,
                    "Takes an item out; restoring the state before the commit brings it back.")
                .with(Trait.SCOPED, Trait.WRITES, Trait.CONDITIONAL)
                .query("reason", Schema.text(1, 1_000), "Why, for the commit.")
                .answers(200, Shapes.COMMIT),
            this::withdraw));
  }

  private Answer create(Ask ask) {
    String space = ask.space();
    String principal = ask.principal();
    String id = ids.next();
    Lesson lesson = lessons.written(ask.body(), space);
    String reason = ask.text("reason").orElse("written by hand");
    ObjectNode view = JsonNodeFactory.instance.objectNode().put("id", id).put("version", 1);
    return Answer.of(201, view)
        .header("Location", Experiences.PATH + "/" + id)
        .after(() -> network.backend().edit(space, principal, new Edit.Create(id, lesson), reason));
  }

  private Answer change(Ask ask) {
    Experience item = seen(ask);
    Lesson lesson = lessons.changed(ask.body(), item.lesson());
    if (lesson.equals(item.lesson())) {
      throw new Problem(
          400, "Nothing changed", "Give a field that differs: title, when, content, kind, type.");
    }
    Commit commit =
        edit(
            ask,
            new Edit.Revise(item.id(), item.version(), lesson),
            ask.text("reason").orElse("changed by hand"));
    Experience now = written(commit, item.id());
    ObjectNode view = Experiences.full(pool, views, now, ask.principal());
    return Answer.of(200, view).header("ETag", Tag.of(now.version(), view).value());
  }

  /** The version that a commit wrote, whatever became of the item since. */
  private Experience written(Commit commit, String id) {
    return commit.touched().stream()
        .filter(each -> each.experience().equals(id))
        .flatMap(
            each -> pool.experiences(commit.space(), Map.of(id, each.after())).values().stream())
        .findFirst()
        .orElseThrow();
  }

  private Answer withdraw(Ask ask) {
    Experience item = seen(ask);
    Commit commit =
        edit(
            ask,
            new Edit.Withdraw(item.id(), item.version()),
            ask.parameter("reason").orElse("taken out by hand"));
    return Answer.of(200, views.commit(commit));
  }

  /** The item as the client has seen it. */
  private Experience seen(Ask ask) {
    Experience item = Experiences.readable(pool, ask);
    tag(item, ask).requireMatch(ask, "The item");
    if (!item.state().shown()) {
      throw new Problem(
          409,
          "Not shown",
          "The item is shown no longer; restore a commit to bring it back, then edit.");
    }
    return item;
  }

  private Tag tag(Experience item, Ask ask) {
    return Tag.of(item.version(), Experiences.full(pool, views, item, ask.principal()));
  }

  private Commit edit(Ask ask, Edit edit, String reason) {
    return switch (network.backend().edit(ask.space(), ask.principal(), edit, reason)) {
      case Edit.Result.Done(Commit commit) -> commit;
      case Edit.Result.Stale(Experience current) -> throw tag(current, ask).conflict("The item");
      case Edit.Result.Missing() -> throw Experiences.unknown(ask, edit.experience());
    };
  }
}
