package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.Block;
import dev.hone.experience.Explanation;
import dev.hone.experience.Hit;
import dev.hone.experience.Limits;
import dev.hone.experience.Pin;
import dev.hone.experience.Query;
import dev.hone.experience.Routing;
import dev.hone.experience.State;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.network.Network;
import dev.hone.port.Classifier;
import dev.hone.port.Keys.Role;
import dev.hone.port.Pool;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /api/v1/experiences/search}: what a request would find, and why. */
public final class Search implements Resource {

  private static final int MOST_FOUND = 50;

  private final Network network;
  private final Classifier classifier;
  private final Pool pool;
  private final Limits limits;
  private final Function<List<Hit>, Block> block;
  private final Views views = new Views();

  /**
   * @param limits how many items a request is shown
   * @param block what would be told to the model of what was found
   */
  public Search(
      Network network,
      Classifier classifier,
      Pool pool,
      Limits limits,
      Function<List<Hit>, Block> block) {
    this.network = network;
    this.classifier = classifier;
    this.pool = pool;
    this.limits = limits;
    this.block = block;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of(
                    "POST",
                    Experiences.PATH + "/search",
                    Role.CLIENT,
                    "What a request would find, best first.")
                .with(Trait.SCOPED)
                .header(Callers.PIN, Schema.text(), "A commit: the pool is seen as it was then.")
                .takes(
                    Struct.of()
                        .required("query", Schema.text(1, 100_000), "The words searched for.")
                        .optional(
                            "limit", Schema.whole(1, MOST_FOUND), "As for a request, unless said.")
                        .optional(
                            "types",
                            Schema.list(Schema.text(1, 100), 0, 100),
                            "Types searched; those the query is routed to unless said.")
                        .optional("explain", Schema.flag(), "Whether to say why."),
                    "{\"query\":\"pump does not start\",\"limit\":5,\"explain\":true}")
                .answers(
                    200,
                    Struct.of()
                        .required("items", Schema.list(Shapes.HIT), "")
                        .optional("explanation", Shapes.EXPLANATION, "")),
            this::search));
  }

  private Answer search(Ask ask) {
    String space = ask.space();
    Routing routing = routing(ask, space);
    Pin pin = ask.pin();
    Query query = query(ask, space, routing, pin);
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    ArrayNode items = view.putArray("items");
    if (Exchange.flag(ask.body(), "explain", false)) {
      Explanation explanation = network.backend().explain(query);
      found(explanation).forEach(hit -> items.add(views.hit(hit)));
      view.set("explanation", explanation(query, routing, explanation));
    } else {
      network.retrieve(query).forEach(hit -> items.add(views.hit(hit)));
    }
    return Answer.of(200, view).seen(pin);
  }

  /** Without a limit of its own, it finds what a request would. */
  private Query query(Ask ask, String space, Routing routing, Pin pin) {
    String text = ask.text("query").orElseThrow();
    boolean limited = ask.body().path("limit").isInt();
    int limit =
        limited ? ask.body().path("limit").asInt() : Math.max(1, limits.largest(routing.types()));
    return new Query(
        space,
        ask.principal(),
        text,
        routing.types(),
        pin.sequence(),
        limit,
        Set.of(),
        limited ? Limits.of(limit) : limits);
  }

  private Routing routing(Ask ask, String space) {
    Set<String> types = new TreeSet<>();
    ask.body().path("types").forEach(type -> types.add(type.asText()));
    Routing routing = classifier.route(space, ask.text("query").orElseThrow());
    return types.isEmpty() ? routing : new Routing(types, routing.likely());
  }

  private static List<Hit> found(Explanation explanation) {
    return explanation.considered().stream()
        .filter(each -> each.verdict() == Explanation.Verdict.FOUND)
        .map(Explanation.Considered::hit)
        .toList();
  }

  private ObjectNode explanation(Query query, Routing routing, Explanation explanation) {
    Set<String> told =
        block.apply(found(explanation)).items().stream()
            .map(Block.Shown::id)
            .collect(Collectors.toSet());
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("commit_id", explanation.commit());
    view.put("sequence", explanation.sequence());
    view.put("documents", explanation.documents());
    view.put("floor", explanation.floor());
    view.put("mass", explanation.mass());
    ArrayNode types = view.putArray("types");
    routing.types().forEach(types::add);
    ArrayNode likely = view.putArray("likely");
    routing
        .likely()
        .forEach(
            each ->
                likely.addObject().put("type", each.type()).put("probability", each.probability()));
    ArrayNode terms = view.putArray("terms");
    explanation
        .terms()
        .forEach(each -> terms.addObject().put("term", each.term()).put("idf", each.idf()));
    ArrayNode considered = view.putArray("considered");
    explanation
        .considered()
        .forEach(
            each -> considered.add(considered(each, told.contains(each.hit().experience().id()))));
    return view.put("hidden_items", hidden(query));
  }

  private ObjectNode considered(Explanation.Considered each, boolean told) {
    ObjectNode view = views.hit(each.hit()).put("worth", each.worth());
    view.put(
        "verdict",
        switch (each.verdict()) {
          case FOUND -> told ? "shown" : "over-budget";
          case BELOW_FLOOR, DOUBTED, OTHER_TYPE, BEYOND_LIMIT ->
              each.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-');
        });
    ArrayNode matched = view.putArray("matched");
    each.matched()
        .forEach(
            term ->
                matched
                    .addObject()
                    .put("term", term.term())
                    .put("idf", term.idf())
                    .put("score", term.score()));
    return view;
  }

  /** How many items are other people's candidates: the same number whatever is searched for. */
  private long hidden(Query query) {
    return pool.inStates(query.space(), List.of(State.CANDIDATE)).stream()
        .filter(item -> !item.visibleTo(query.principal()))
        .count();
  }
}
