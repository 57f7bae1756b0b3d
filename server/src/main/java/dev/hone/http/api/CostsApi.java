package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.outcome.Balance;
import dev.hone.outcome.Estimate;
import dev.hone.outcome.Lifts;
import dev.hone.outcome.Prices;
import dev.hone.port.Costs;
import dev.hone.port.Keys.Role;
import dev.hone.port.Spending;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code /api/v1/costs}: what experience costs, and what it saves. */
public final class CostsApi implements Resource {

  private static final Struct LEARNING =
      Struct.of()
          .required("calls", Schema.count(), "Answers of the learning model.")
          .required("tokens", Schema.count(), "Its questions and answers.")
          .required("cpu_seconds", Schema.number(), "Processor time, as far as it is measured.")
          .required(
              "keeping_seconds", Schema.number(), "Of it: admitting, storing, refining, indexing.")
          .optional("money", Schema.number(), "Absent where cost.learning is not told.");

  private static final Struct DAY =
      Struct.of()
          .required("day", Schema.format("date"), "UTC.")
          .required("learning", LEARNING, "")
          .required("search_seconds", Schema.number(), "Time that searches took.")
          .required("interactions", Schema.count(), "Recorded.")
          .required("uncounted", Schema.count(), "Those whose tokens no model counted.")
          .required("augmented", Schema.count(), "Those with experience in the prompt.")
          .required("injected_tokens", Schema.count(), "Of the items in prompts, estimated.")
          .optional("injected_money", Schema.number(), "For these, if none was cached.")
          .required("prompt_tokens", Schema.count(), "As models counted them.")
          .required("cached_tokens", Schema.count(), "Those of them that were cached.")
          .required("answer_tokens", Schema.count(), "")
          .optional("money", Schema.number(), "For prompts and answers.");

  private static final Struct ESTIMATE =
      Struct.of()
          .required("value", Schema.number(), "")
          .required("low", Schema.number(), "")
          .required("high", Schema.number(), "");

  private static final Struct SESSIONS =
      Struct.of()
          .required("sessions", Schema.count(), "")
          .optional("tokens", Schema.number(), "Of one, on average.");

  private static final Struct WHOLE =
      Struct.of()
          .required("learning", LEARNING, "")
          .required("search_seconds", Schema.number(), "Time that searches took.")
          .required("shown", SESSIONS, "Closed sessions that were to be shown experience.")
          .required("held_out", SESSIONS, "Those that were held out by lot.")
          .optional(
              "tokens_saved",
              ESTIMATE,
              "Tokens of a session held out less those of one shown, times sessions shown; by"
                  + " Welch's t interval, which holds for one look. Absent: not known.")
          .optional("money_saved", ESTIMATE, "The same in money.")
          .optional(
              "outcomes_gained",
              ESTIMATE,
              "The lift times the judged sessions shown; its interval holds however often one"
                  + " looks. Absent: not known.")
          .optional("net", ESTIMATE, "Money saved, less what learning cost.");

  private final Costs costs;
  private final Lifts lifts;
  private final Prices prices;
  private final double level;
  private final InstantSource clock;

  /**
   * @param level how often an interval may miss the truth, in (0, 1)
   */
  public CostsApi(Costs costs, Lifts lifts, Prices prices, double level, InstantSource clock) {
    this.costs = costs;
    this.lifts = lifts;
    this.prices = prices;
    this.level = level;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of(
                    "GET",
                    "/api/v1/costs",
                    Role.CURATOR,
                    "What learning and experience cost, and what they save.")
                .with(Trait.SCOPED)
                .query("days", CalibrationApi.DAYS, "Days (UTC) up to today; 30 when absent.")
                .answers(
                    200,
                    Struct.of()
                        .required("space", Schema.text(), "")
                        .required("metric", Schema.text(), "Of the outcomes gained.")
                        .required("level", Schema.number(), "How often an interval may miss.")
                        .required("days", CalibrationApi.DAYS, "")
                        .required(
                            "daily",
                            Schema.list(DAY),
                            "Days on which anything was recorded, learned or searched.")
                        .required("whole_time", WHOLE, "Since the space was made.")),
            this::costs));
  }

  private Answer costs(Ask ask) {
    Lifts.Known known = lifts.refresh(ask.space());
    ObjectNode view = JsonNodeFactory.instance.objectNode().put("space", ask.space());
    view.put("metric", known.metric()).put("level", level).put("days", CalibrationApi.days(ask));
    ArrayNode daily = view.putArray("daily");
    costs.days(ask.space(), CalibrationApi.from(ask, clock)).forEach(day -> daily.add(view(day)));
    view.set("whole_time", view(Balance.of(costs, ask.space(), prices, known.space(), level)));
    return Answer.of(200, view);
  }

  private ObjectNode view(Costs.Day day) {
    ObjectNode view = JsonNodeFactory.instance.objectNode().put("day", day.day().toString());
    view.set("learning", view(day.spent()));
    view.put("search_seconds", seconds(day.spent().searching()))
        .put("interactions", day.interactions())
        .put("uncounted", day.uncounted())
        .put("augmented", day.augmented())
        .put("injected_tokens", day.injected());
    put(view, "injected_money", prices.injected(day.injected()));
    view.put("prompt_tokens", day.tokens().prompt())
        .put("cached_tokens", day.tokens().cached())
        .put("answer_tokens", day.tokens().answer());
    put(view, "money", prices.of(day.tokens()));
    return view;
  }

  private ObjectNode view(Spending.Cost cost) {
    ObjectNode view =
        JsonNodeFactory.instance
            .objectNode()
            .put("calls", cost.calls())
            .put("tokens", cost.tokens())
            .put("cpu_seconds", seconds(cost.cpu()))
            .put("keeping_seconds", seconds(cost.keeping()));
    put(view, "money", prices.of(cost));
    return view;
  }

  private ObjectNode view(Balance balance) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.set("learning", view(balance.spent()));
    view.put("search_seconds", seconds(balance.spent().searching()));
    view.set("shown", view(balance.shown()));
    view.set("held_out", view(balance.heldOut()));
    put(view, "tokens_saved", balance.tokens());
    put(view, "money_saved", balance.money());
    put(view, "outcomes_gained", balance.gained());
    put(view, "net", balance.net());
    return view;
  }

  private static double seconds(Duration time) {
    return time.toMillis() / (double) Duration.ofSeconds(1).toMillis();
  }

  private static ObjectNode view(Costs.Sample sessions) {
    ObjectNode view = JsonNodeFactory.instance.objectNode().put("sessions", sessions.size());
    return sessions.size() == 0 ? view : view.put("tokens", sessions.mean());
  }

  private static void put(ObjectNode view, String name, OptionalDouble value) {
    value.ifPresent(known -> view.put(name, known));
  }

  private static void put(ObjectNode view, String name, Optional<Estimate> estimate) {
    estimate.ifPresent(
        known ->
            view.putObject(name)
                .put("value", known.value())
                .put("low", known.low())
                .put("high", known.high()));
  }
}
