package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.Experience;
import dev.hone.experience.State;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.outcome.Lift;
import dev.hone.outcome.Lifts;
import dev.hone.port.Keys.Role;
import dev.hone.port.Pool;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** {@code /api/v1/lift}: whether experience helped. */
public final class LiftApi implements Resource {

  private static final String PATH = "/api/v1/lift";
  private static final int MOST_ITEMS = 100;

  private static final Struct LIFT =
      Struct.of()
          .required(
              "status",
              Schema.choice(List.of("unknown", "unclear", "helps", "harms")),
              "unknown: there is nothing to compare; unclear: 0 lies in the interval.")
          .optional("lift", Schema.number(), "Mean outcome if shown, less that if not.")
          .optional("low", Schema.number(), "The interval holds however often one looks.")
          .optional("high", Schema.number(), "")
          .optional("detectable", Schema.number(), "The lift that so many sessions would show.")
          .required("level", Schema.number(), "How often the interval may ever miss the truth.")
          .required("shown", Schema.count(), "Sessions with an outcome that were shown it.")
          .required("not_shown", Schema.count(), "Those that were not.")
          .required("harm", Schema.number(), "Evidence against 'it does no harm' (e-value).")
          .required("help", Schema.number(), "Evidence against 'it does not help' (e-value).");

  private static final Struct ARM =
      Struct.of()
          .required("sessions", Schema.count(), "That are over and found experience.")
          .required("judged", Schema.count(), "Those of them with an outcome.")
          .optional("mean", Schema.number(), "The mean outcome of these.");

  private static final Struct ITEM =
      Struct.of()
          .required("experience_id", Shapes.ID, "")
          .required("version", Schema.count(), "")
          .required("state", Schema.text(), "")
          .required("title", Schema.text(), "")
          .required(
              "judged_version",
              Schema.count(),
              "Of which the lift is: of an item under quarantine the one that was shown last.")
          .required(
              "doubted",
              Schema.flag(),
              "Whether it is believed to do harm, and so left out of most conversations.")
          .required("lift", LIFT, "");

  private final Lifts lifts;
  private final Pool pool;
  private final Runnable judge;

  /**
   * @param judge closes sessions that are over and acts on what they tell
   */
  public LiftApi(Lifts lifts, Pool pool, Runnable judge) {
    this.lifts = lifts;
    this.pool = pool;
    this.judge = judge;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of(
                    "POST",
                    PATH,
                    Role.ADMIN,
                    "Closes sessions that are over and acts on what they tell, now.")
                .with(Trait.SCOPED, Trait.WRITES)
                .answers(
                    200,
                    Struct.of()
                        .required(
                            "shown",
                            ARM,
                            "Sessions that were not held out; of some all items may have been"
                                + " dropped.")
                        .required("held_out", ARM, "Sessions that were not, by lot.")),
            this::judge),
        new Endpoint(
            Operation.of(
                    "GET",
                    PATH,
                    Role.CURATOR,
                    "Whether experience helped: of the space, of each type, of items.")
                .with(Trait.SCOPED)
                .query("metric", Schema.text(), "Instead of the metric that counts.")
                .answers(
                    200,
                    Struct.of()
                        .required("space", Schema.text(), "")
                        .required("metric", Schema.text(), "")
                        .required(
                            "metrics",
                            Schema.list(
                                Struct.of()
                                    .required("metric", Schema.text(), "")
                                    .required("sessions", Schema.count(), "")),
                            "By which sessions were judged.")
                        .required(
                            "shown",
                            ARM,
                            "Sessions that were not held out; of some all items may have been"
                                + " dropped.")
                        .required("held_out", ARM, "Sessions that were not, by lot.")
                        .required("lift", LIFT, "Of all experience of the space.")
                        .required(
                            "missing",
                            LIFT,
                            "Of outcomes being missing: where it is not unclear, lift misleads.")
                        .required(
                            "types",
                            Schema.list(
                                Struct.of()
                                    .required("type", Schema.text(), "")
                                    .required("lift", LIFT, "")),
                            "By the type of what a session found first.")
                        .required(
                            "items",
                            Schema.list(ITEM),
                            "Items that you may read, by their newest versions, those of which most"
                                + " is known first; "
                                + MOST_ITEMS
                                + " at most.")),
            this::space),
        new Endpoint(
            Operation.of("GET", PATH + "/{id}", Role.CURATOR, "Whether an item helped.")
                .with(Trait.SCOPED)
                .query("metric", Schema.text(), "Instead of the metric that counts.")
                .answers(200, ITEM),
            this::item));
  }

  private Lifts.Known known(Ask ask) {
    return ask.parameter("metric")
        .filter(metric -> !metric.isBlank())
        .map(metric -> lifts.by(ask.space(), metric))
        .orElseGet(() -> lifts.refresh(ask.space()));
  }

  private Answer judge(Ask ask) {
    judge.run();
    Lifts.Known known = lifts.refresh(ask.space());
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.set("shown", view(known.shown()));
    view.set("held_out", view(known.heldOut()));
    return Answer.of(200, view);
  }

  private Answer space(Ask ask) {
    Lifts.Known known = known(ask);
    ObjectNode view = JsonNodeFactory.instance.objectNode().put("space", ask.space());
    view.put("metric", known.metric());
    ArrayNode metrics = view.putArray("metrics");
    lifts
        .metrics(ask.space())
        .forEach(
            (metric, sessions) ->
                metrics.addObject().put("metric", metric).put("sessions", sessions));
    view.set("shown", view(known.shown()));
    view.set("held_out", view(known.heldOut()));
    view.set("lift", view(known.space()));
    view.set("missing", view(known.missing()));
    ArrayNode types = view.putArray("types");
    new TreeMap<>(known.types())
        .forEach((type, lift) -> types.addObject().put("type", type).set("lift", view(lift)));
    ArrayNode items = view.putArray("items");
    known.items().entrySet().stream()
        .sorted(
            Comparator.comparingDouble(
                    (Map.Entry<Lifts.Item, Lift> each) -> -weight(each.getValue()))
                .thenComparing(each -> each.getKey().experience()))
        .flatMap(each -> judged(ask, each.getKey(), known).stream())
        .limit(MOST_ITEMS)
        .forEach(item -> items.add(view(item, known)));
    return Answer.of(200, view);
  }

  private static double weight(Lift lift) {
    return Math.max(lift.harm(), lift.help());
  }

  /** The item, if it is judged by this version, and the asker may read it. */
  private Optional<Experience> judged(Ask ask, Lifts.Item item, Lifts.Known known) {
    return pool.readable(ask.space(), item.experience(), ask.principal())
        .filter(found -> judged(found, known).equals(item));
  }

  /** The newest version; of an item under quarantine the newest that anything is known of. */
  private static Lifts.Item judged(Experience item, Lifts.Known known) {
    Lifts.Item newest = new Lifts.Item(item.id(), item.version());
    if (item.state() != State.QUARANTINED) {
      return newest;
    }
    return IntStream.iterate(item.version(), version -> version >= 1, version -> version - 1)
        .mapToObj(version -> new Lifts.Item(item.id(), version))
        .filter(known.items()::containsKey)
        .findFirst()
        .orElse(newest);
  }

  private Answer item(Ask ask) {
    String id = ask.path("id");
    Experience item =
        pool.readable(ask.space(), id, ask.principal())
            .orElseThrow(
                () -> Problem.notFound("Space '" + ask.space() + "' has no item '" + id + "'."));
    return Answer.of(200, view(item, known(ask)));
  }

  private static ObjectNode view(Experience item, Lifts.Known known) {
    ObjectNode view =
        JsonNodeFactory.instance
            .objectNode()
            .put("experience_id", item.id())
            .put("version", item.version())
            .put("state", item.state().name().toLowerCase(Locale.ROOT))
            .put("title", item.lesson().title());
    Lifts.Item judged = judged(item, known);
    Lift lift = known.of(judged);
    view.put("judged_version", judged.version());
    view.put("doubted", known.doubted(judged));
    view.set("lift", view(lift));
    return view;
  }

  private static ObjectNode view(Lifts.Arm arm) {
    ObjectNode view =
        JsonNodeFactory.instance
            .objectNode()
            .put("sessions", arm.sessions())
            .put("judged", arm.judged());
    return arm.judged() == 0 ? view.putNull("mean") : view.put("mean", arm.mean());
  }

  private static ObjectNode view(Lift lift) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put(
        "status",
        !lift.known()
            ? "unknown"
            : !lift.differs() ? "unclear" : lift.low() > 0 ? "helps" : "harms");
    if (lift.known()) {
      view.put("lift", lift.estimate()).put("low", lift.low()).put("high", lift.high());
      view.put("detectable", lift.detectable());
    }
    return view.put("level", lift.level())
        .put("shown", lift.shown())
        .put("not_shown", lift.notShown())
        .put("harm", lift.harm())
        .put("help", lift.help());
  }
}
