package dev.hone.outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How far confidences can be believed.
 *
 * @param answers of which confidence and value are known, at least 1
 * @param error the expected calibration error, in [0, 1]: over ten bins of equal width, how far the
 *     mean confidence lies from the share that is right, weighted by answers (Naeini, Cooper and
 *     Hauskrecht 2015; Guo, Pleiss, Sun and Weinberger 2017)
 * @param brier the mean squared distance of the confidence from 1 if right, from 0 if wrong, in [0,
 *     1] (Brier 1950)
 * @param whenRight the mean confidence of answers that are right; null if none is
 * @param whenWrong the mean confidence of answers that are wrong; null if none is
 * @param bins those that hold answers, by rising confidence
 */
public record Calibration(
    int answers,
    double error,
    double brier,
    @Nullable Double whenRight,
    @Nullable Double whenWrong,
    List<Bin> bins) {

  private static final int BINS = 10;
  private static final double RIGHT = 0.5;

  /**
   * An answer whose confidence was said.
   *
   * @param confidence in [0, 1]
   * @param value of the answer, in [0, 1]; right from 0.5
   */
  public record Said(double confidence, double value) {
    /**
     * @throws IllegalArgumentException if either is out of its range
     */
    public Said {
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException("the confidence is " + confidence + ", not from 0 to 1");
      }
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("the value is " + value + ", not from 0 to 1");
      }
    }

    private boolean right() {
      return value >= RIGHT;
    }

    private boolean wrong() {
      return !right();
    }

    private int bin() {
      return Math.min(BINS - 1, (int) (confidence * BINS));
    }

    private double squared() {
      double off = confidence - (right() ? 1 : 0);
      return off * off;
    }
  }

  /**
   * One bar of a reliability diagram.
   *
   * @param from the least confidence
   * @param to where the next bin begins; the last holds 1 too
   * @param answers at least 1
   * @param confidence their mean confidence
   * @param right the share of them that is right
   */
  public record Bin(double from, double to, int answers, double confidence, double right) {}

  public Calibration {
    bins = List.copyOf(bins);
  }

  /** What is known of these answers; empty if there are none. */
  public static Optional<Calibration> of(List<Said> answers) {
    if (answers.isEmpty()) {
      return Optional.empty();
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      int number = bin;
      List<Said> here = answers.stream().filter(each -> each.bin() == number).toList();
      if (!here.isEmpty()) {
        bins.add(bin(number, here));
      }
    }
    double off =
        bins.stream()
            .mapToDouble(bin -> bin.answers() * Math.abs(bin.confidence() - bin.right()))
            .sum();
    return Optional.of(
        new Calibration(
            answers.size(),
            off / answers.size(),
            answers.stream().mapToDouble(Said::squared).average().orElseThrow(),
            mean(answers, Said::right),
            mean(answers, Said::wrong),
            bins));
  }

  private static Bin bin(int number, List<Said> answers) {
    return new Bin(
        (double) number / BINS,
        (number + 1.0) / BINS,
        answers.size(),
        answers.stream().mapToDouble(Said::confidence).average().orElseThrow(),
        (double) answers.stream().filter(Said::right).count() / answers.size());
  }

  private static @Nullable Double mean(List<Said> answers, Predicate<Said> which) {
    OptionalDouble mean = answers.stream().filter(which).mapToDouble(Said::confidence).average();
    return mean.isPresent() ? mean.getAsDouble() : null;
  }
}
