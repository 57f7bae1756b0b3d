package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.run.Asked;
import dev.hone.lab.statistics.Calibration;
import dev.hone.lab.statistics.Proportion;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How an arm did.
 *
 * @param questions distinct questions asked
 * @param asked answers, of all seeds
 * @param accuracy the share that was right; its interval takes each question as one cluster
 * @param tokens shown with a question, mean
 * @param augmented share of the questions with which anything was shown
 * @param calibration of the confidences it named
 */
public record ArmScore(
    int questions,
    int asked,
    Proportion accuracy,
    double tokens,
    double augmented,
    Calibration calibration) {

  /** Of these answers. */
  public static ArmScore of(Collection<Asked> answers) {
    Map<String, List<Boolean>> clusters =
        answers.stream()
            .collect(
                Collectors.groupingBy(
                    Asked::id,
                    LinkedHashMap::new,
                    Collectors.mapping(Asked::right, Collectors.toList())));
    return new ArmScore(
        clusters.size(),
        answers.size(),
        Proportion.clustered(clusters.values()),
        answers.stream().mapToInt(Asked::tokens).average().orElse(0),
        answers.stream().mapToInt(each -> each.tokens() > 0 ? 1 : 0).average().orElse(0),
        Calibration.of(
            answers.stream()
                .filter(each -> each.confidence().isPresent())
                .map(each -> new Calibration.Judged(each.confidence().orElseThrow(), each.right()))
                .toList()));
  }

  /** Writes it into an object. */
  public void into(ObjectNode object) {
    object
        .put("accuracy", accuracy.value())
        .put("low", accuracy.low())
        .put("high", accuracy.high())
        .put("questions", questions)
        .put("asked", asked)
        .put("tokens", tokens)
        .put("augmented", augmented);
    put(object, "confidence_right", calibration.right());
    put(object, "confidence_wrong", calibration.wrong());
    put(object, "brier", calibration.brier());
    put(object, "auc", calibration.auc());
    put(object, "ece", calibration.ece());
  }

  private static void put(ObjectNode object, String name, OptionalDouble value) {
    if (value.isPresent()) {
      object.put(name, value.getAsDouble());
    } else {
      object.putNull(name);
    }
  }
}
