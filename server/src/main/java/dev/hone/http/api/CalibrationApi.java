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
import dev.hone.outcome.Calibration;
import dev.hone.port.Confidences;
import dev.hone.port.Confidences.Arm;
import dev.hone.port.Keys.Role;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/calibration}: how far the confidences of answers can be believed. */
public final class CalibrationApi implements Resource {

  static final Schema DAYS = Schema.whole(1, 366);
  static final int USUAL_DAYS = 30;

  private static final Struct FIGURES =
      Struct.of()
          .required("answers", Schema.count(), "That said a confidence and were judged.")
          .optional(
              "error", Schema.number(), "Expected calibration error, in [0, 1]; absent for none.")
          .optional("brier", Schema.number(), "Brier score, in [0, 1].")
          .optional("when_right", Schema.number(), "Mean confidence of answers that are right.")
          .optional("when_wrong", Schema.number(), "Mean confidence of those that are wrong.");

  private static final Struct CALIBRATION =
      FIGURES.required(
          "bins",
          Schema.list(
              Struct.of()
                  .required("from", Schema.number(), "The least confidence.")
                  .required("to", Schema.number(), "Where the next bin begins.")
                  .required("answers", Schema.count(), "")
                  .required("confidence", Schema.number(), "Their mean confidence.")
                  .required("right", Schema.number(), "The share of them that is right.")),
          "The reliability diagram: bins that hold answers.");

  private final Confidences confidences;
  private final UnaryOperator<String> metric;
  private final InstantSource clock;

  /**
   * @param metric the one that counts, of a space
   */
  public CalibrationApi(
      Confidences confidences, UnaryOperator<String> metric, InstantSource clock) {
    this.confidences = confidences;
    this.metric = metric;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of(
                    "GET",
                    "/api/v1/calibration",
                    Role.CURATOR,
                    "How far the confidences that answers say can be believed.")
                .with(Trait.SCOPED)
                .query("metric", Schema.text(), "Instead of the metric that counts.")
                .query("days", DAYS, "Days (UTC) up to today; 30 when absent.")
                .answers(
                    200,
                    Struct.of()
                        .required("space", Schema.text(), "")
                        .required("metric", Schema.text(), "By which an answer is right or wrong.")
                        .required(
                            "metrics",
                            Schema.list(
                                Struct.of()
                                    .required("metric", Schema.text(), "")
                                    .required("answers", Schema.count(), "")),
                            "By which answers were judged, ever.")
                        .required("days", DAYS, "")
                        .required("overall", CALIBRATION, "")
                        .required("with_experience", CALIBRATION, "Experience in the prompt.")
                        .required("without_experience", CALIBRATION, "The others.")
                        .required(
                            "held_out",
                            CALIBRATION,
                            "Those of the others that found experience and were held out by lot:"
                                + " only these are like those with.")
                        .required(
                            "daily",
                            Schema.list(
                                Struct.of()
                                    .required("day", Schema.format("date"), "")
                                    .and(FIGURES)),
                            "Days on which there were such answers.")),
            this::calibration));
  }

  /** The first of as many days up to today as are asked for. */
  static LocalDate from(Ask ask, InstantSource clock) {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(days(ask) - 1L);
  }

  static int days(Ask ask) {
    return ask.parameter("days").map(Integer::parseInt).orElse(USUAL_DAYS);
  }

  private Answer calibration(Ask ask) {
    String by =
        ask.parameter("metric")
            .filter(name -> !name.isBlank())
            .orElseGet(() -> metric.apply(ask.space()));
    List<Confidences.Said> said = confidences.said(ask.space(), by, from(ask, clock));
    ObjectNode view =
        JsonNodeFactory.instance.objectNode().put("space", ask.space()).put("metric", by);
    ArrayNode metrics = view.putArray("metrics");
    confidences
        .metrics(ask.space())
        .forEach(
            (name, answers) -> metrics.addObject().put("metric", name).put("answers", answers));
    view.put("days", days(ask));
    view.set("overall", diagram(said, any -> true));
    view.set("with_experience", diagram(said, arm -> arm == Arm.SHOWN));
    view.set("without_experience", diagram(said, arm -> arm != Arm.SHOWN));
    view.set("held_out", diagram(said, arm -> arm == Arm.HOLDOUT));
    ArrayNode daily = view.putArray("daily");
    said.stream()
        .collect(Collectors.groupingBy(Confidences.Said::day, TreeMap::new, Collectors.toList()))
        .forEach(
            (day, answers) ->
                figures(daily.addObject().put("day", day.toString()), calibration(answers)));
    return Answer.of(200, view);
  }

  private static Optional<Calibration> calibration(List<Confidences.Said> said) {
    return Calibration.of(
        said.stream().map(each -> new Calibration.Said(each.confidence(), each.value())).toList());
  }

  private static ObjectNode diagram(List<Confidences.Said> said, Predicate<Arm> which) {
    Optional<Calibration> known =
        calibration(said.stream().filter(each -> which.test(each.arm())).toList());
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    figures(view, known);
    ArrayNode bins = view.putArray("bins");
    for (Calibration.Bin bin : known.map(Calibration::bins).orElse(List.of())) {
      bins.addObject()
          .put("from", bin.from())
          .put("to", bin.to())
          .put("answers", bin.answers())
          .put("confidence", bin.confidence())
          .put("right", bin.right());
    }
    return view;
  }

  private static void figures(ObjectNode view, Optional<Calibration> known) {
    view.put("answers", known.map(Calibration::answers).orElse(0));
    known.ifPresent(
        figures -> {
          view.put("error", figures.error()).put("brier", figures.brier());
          put(view, "when_right", figures.whenRight());
          put(view, "when_wrong", figures.whenWrong());
        });
  }

  private static void put(ObjectNode view, String name, @Nullable Double value) {
    if (value != null) {
      view.put(name, value);
    }
  }
}
