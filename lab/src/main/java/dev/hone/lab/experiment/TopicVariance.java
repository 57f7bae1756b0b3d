package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.report.Table;
import dev.hone.lab.report.Table.Column;
import dev.hone.lab.report.Table.Format;
import dev.hone.lab.run.Asked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the accuracy of each arm differs between topics. */
final class TopicVariance {

  private final Map<String, Map<String, ArmScore>> topics = new LinkedHashMap<>();

  TopicVariance(Comparison comparison) {
    for (String topic : comparison.topics()) {
      Map<String, ArmScore> scores = new LinkedHashMap<>();
      for (Map.Entry<String, List<Asked>> arm : comparison.of(topic).entrySet()) {
        scores.put(arm.getKey(), ArmScore.of(arm.getValue()));
      }
      topics.put(topic, scores);
    }
  }

  /** Whether there is more than one topic. */
  boolean differs() {
    return topics.size() > 1;
  }

  private Map<String, List<Double>> accuracies() {
    Map<String, List<Double>> accuracies = new LinkedHashMap<>();
    for (Map<String, ArmScore> scores : topics.values()) {
      scores.forEach(
          (arm, score) ->
              accuracies
                  .computeIfAbsent(arm, any -> new ArrayList<>())
                  .add(score.accuracy().value()));
    }
    return accuracies;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(each -> each).average().orElse(0);
  }

  /** Of a sample: divided by one less than there are. */
  private static double variance(List<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum();
    return values.size() < 2 ? 0 : squares / (values.size() - 1);
  }

  private static double least(List<Double> values) {
    return values.stream().mapToDouble(each -> each).min().orElse(0);
  }

  private static double most(List<Double> values) {
    return values.stream().mapToDouble(each -> each).max().orElse(0);
  }

  /** Writes it into a summary. */
  void into(ObjectNode summary) {
    ObjectNode object = summary.putObject("topics");
    accuracies()
        .forEach(
            (arm, values) ->
                object
                    .putObject(arm)
                    .put("topics", values.size())
                    .put("mean", mean(values))
                    .put("variance", variance(values))
                    .put("least", least(values))
                    .put("most", most(values)));
  }

  /** One row an arm. */
  Table summary() {
    List<List<Object>> rows = new ArrayList<>();
    accuracies()
        .forEach(
            (arm, values) ->
                rows.add(
                    List.of(
                        arm,
                        values.size(),
                        mean(values),
                        Math.sqrt(variance(values)),
                        least(values),
                        most(values))));
    return new Table(
        "topic-variance",
        "Accuracy between topics: mean, standard deviation, least and most",
        List.of(
            new Column("arm", Format.TEXT),
            new Column("topics", Format.WHOLE),
            new Column("mean", Format.PERCENT),
            new Column("deviation", Format.PERCENT),
            new Column("least", Format.PERCENT),
            new Column("most", Format.PERCENT)),
        rows);
  }

  /** One row a topic and arm. */
  Table detail() {
    List<List<Object>> rows = new ArrayList<>();
    topics.forEach(
        (topic, scores) ->
            scores.forEach(
                (arm, score) ->
                    rows.add(
                        List.of(
                            topic,
                            arm,
                            score.accuracy().value(),
                            score.accuracy().low(),
                            score.accuracy().high(),
                            score.questions()))));
    return new Table(
        "topics",
        "Accuracy by topic, with 95 % interval",
        List.of(
            new Column("topic", Format.TEXT),
            new Column("arm", Format.TEXT),
            new Column("accuracy", Format.PERCENT),
            new Column("low", Format.PERCENT),
            new Column("high", Format.PERCENT),
            new Column("questions", Format.WHOLE)),
        rows);
  }
}
