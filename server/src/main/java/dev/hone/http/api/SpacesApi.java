package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.http.exchange.Tag;
import dev.hone.port.Keys.Role;
import dev.hone.port.Spaces;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/** {@code /api/v1/spaces}: the pools there are, and how they learn. */
public final class SpacesApi implements Resource {

  private static final String PATH = "/api/v1/spaces";

  private final Spaces spaces;
  private final ReentrantLock making = new ReentrantLock();
  private final Views views = new Views();

  public SpacesApi(Spaces spaces) {
    this.spaces = spaces;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of("GET", PATH, Role.CLIENT, "The spaces that you may enter, by name.")
                .paged(Shapes.SPACE),
            this::list),
        new Endpoint(
            Operation.of("POST", PATH, Role.ADMIN, "Makes a space.")
                .with(Trait.WRITES, Trait.KEYED)
                .takes(
                    Struct.of()
                        .required("name", Schema.text(), "1 to 64 of a-z, 0-9, - and _.")
                        .optional("learning", Shapes.LEARNING_MODE, "distill unless said."),
                    "{\"name\":\"example\",\"learning\":\"distill\"}")
                .answers(201, Shapes.SPACE),
            this::create),
        new Endpoint(
            Operation.of("GET", PATH + "/{name}", Role.CLIENT, "One space.")
                .with(Trait.TAGGED)
                .answers(200, Shapes.SPACE),
            this::one),
        new Endpoint(
            Operation.of("PATCH", PATH + "/{name}", Role.ADMIN, "Changes how a space learns.")
                .with(Trait.WRITES, Trait.CONDITIONAL)
                .takes(
                    Struct.of().required("learning", Shapes.LEARNING_MODE, ""),
                    "{\"learning\":\"off\"}")
                .answers(200, Shapes.SPACE),
            this::change));
  }

  private Answer list(Ask ask) {
    String after = ask.cursor();
    List<Spaces.Space> rest =
        spaces.list().stream()
            .filter(space -> ask.caller().enters(space.name()))
            .filter(space -> after == null || space.name().compareTo(after) > 0)
            .limit(Pages.fetched(ask))
            .toList();
    return Pages.answer(ask, rest, Spaces.Space::name, views::space);
  }

  /** For those only who may enter every space: nobody else learns which names are taken. */
  private Answer create(Ask ask) {
    ask.caller().everywhere();
    String name = ask.text("name").orElseThrow();
    Callers.problemWithName(name)
        .ifPresent(
            problem -> {
              throw Problem.invalid(List.of(Problem.Fault.inBody("/name", problem)));
            });
    Spaces.Space space =
        new Spaces.Space(name, ask.text("learning").map(SpacesApi::mode).orElse(DISTILL));
    requireNew(name);
    return tagged(201, space).header("Location", PATH + "/" + name).after(() -> make(space));
  }

  private static final Spaces.LearningMode DISTILL = Spaces.LearningMode.DISTILL;

  private void make(Spaces.Space space) {
    making.lock();
    try {
      requireNew(space.name());
      spaces.create(space);
    } finally {
      making.unlock();
    }
  }

  private void requireNew(String name) {
    if (spaces.space(name).isPresent()) {
      throw new Problem(409, "Space exists", "There is a space '" + name + "' already.");
    }
  }

  private static Spaces.LearningMode mode(String name) {
    return Spaces.LearningMode.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private Answer one(Ask ask) {
    return tagged(200, space(ask));
  }

  private Spaces.Space space(Ask ask) {
    String name = ask.path("name");
    return spaces
        .space(name)
        .filter(space -> ask.caller().enters(space.name()))
        .orElseThrow(() -> Problem.notFound("There is no space '" + name + "'."));
  }

  private Answer change(Ask ask) {
    Spaces.Space was = space(ask);
    Tag.of(views.space(was)).requireMatch(ask, "The space");
    Spaces.Space wanted = new Spaces.Space(was.name(), mode(ask.text("learning").orElseThrow()));
    if (!wanted.equals(was) && !spaces.change(was.name(), was.learning(), wanted.learning())) {
      throw Tag.of(views.space(space(ask))).conflict("The space");
    }
    return tagged(200, wanted);
  }

  private Answer tagged(int status, Spaces.Space space) {
    ObjectNode view = views.space(space);
    return Answer.of(status, view).header("ETag", Tag.of(view).value());
  }
}
