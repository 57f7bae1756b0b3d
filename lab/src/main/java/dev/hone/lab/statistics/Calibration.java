package dev.hone.lab.statistics;

import dev.hone.outcome.Calibration.Said;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How well named confidences tell right answers from wrong ones. Absent where there is nothing to
 * say it of.
 *
 * @param named answers that named a confidence
 * @param right mean confidence of right answers
 * @param wrong mean confidence of wrong answers
 * @param brier mean squared distance of confidence from 1 when right and 0 when wrong (Brier 1950);
 *     0 is best
 * @param auc how likely a right answer was more confident than a wrong one, ties counted half (area
 *     under the ROC curve, Hanley and McNeil 1982); 0.5 is chance
 * @param ece expected calibration error over ten bins of equal width (Naeini, Cooper and Hauskrecht
 *     2015); 0 is best
 */
public record Calibration(
    int named,
    OptionalDouble right,
    OptionalDouble wrong,
    OptionalDouble brier,
    OptionalDouble auc,
    OptionalDouble ece) {

  /** One answer; {@code confidence} in [0, 1]. */
  public record Judged(double confidence, boolean right) {}

  /** Of these answers. */
  public static Calibration of(List<Judged> answers) {
    Optional<dev.hone.outcome.Calibration> known =
        dev.hone.outcome.Calibration.of(
            answers.stream().map(each -> new Said(each.confidence, each.right ? 1 : 0)).toList());
    return new Calibration(
        answers.size(),
        number(known.map(dev.hone.outcome.Calibration::whenRight)),
        number(known.map(dev.hone.outcome.Calibration::whenWrong)),
        number(known.map(dev.hone.outcome.Calibration::brier)),
        auc(answers),
        number(known.map(dev.hone.outcome.Calibration::error)));
  }

  /** The figures that there are, by the names of reports. */
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    right.ifPresent(value -> figures.put("sure_right", value));
    wrong.ifPresent(value -> figures.put("sure_wrong", value));
    brier.ifPresent(value -> figures.put("brier", value));
    auc.ifPresent(value -> figures.put("auc", value));
    ece.ifPresent(value -> figures.put("ece", value));
    return figures;
  }

  private static OptionalDouble number(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  /** By mean ranks, as Mann and Whitney's U. */
  private static OptionalDouble auc(List<Judged> answers) {
    List<Judged> sorted = new ArrayList<>(answers);
    sorted.sort(Comparator.comparingDouble(Judged::confidence));
    long right = sorted.stream().filter(Judged::right).count();
    long wrong = sorted.size() - right;
    if (right == 0 || wrong == 0) {
      return OptionalDouble.empty();
    }
    double ranks = 0;
    int from = 0;
    while (from < sorted.size()) {
      int to = from;
      long here = 0;
      while (to < sorted.size() && sorted.get(to).confidence() == sorted.get(from).confidence()) {
        here += sorted.get(to).right() ? 1 : 0;
        to++;
      }
      ranks += here * (from + 1 + to) / 2.0;
      from = to;
    }
    return OptionalDouble.of((ranks - right * (right + 1) / 2.0) / ((double) right * wrong));
  }
}
