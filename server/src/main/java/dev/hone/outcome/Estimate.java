package dev.hone.outcome;

import dev.hone.port.Costs;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A figure with its interval.
 *
 * @param value the estimate
 * @param low the lower end of the interval
 * @param high its upper end
 */
public record Estimate(double value, double low, double high) {

  private static final int LEAST = 2;

  /**
   * The difference of two means, first less second, by Welch's t interval (Welch 1947), with the
   * degrees of freedom of Satterthwaite (1946). It covers the truth with the probability {@code 1 −
   * level} at one look, if sessions are many or nearly normal; who looks again and again is misled
   * more often.
   *
   * @param level in (0, 1)
   * @return empty when either has fewer than two
   */
  public static Optional<Estimate> welch(Costs.Sample one, Costs.Sample other, double level) {
    if (one.size() < LEAST || other.size() < LEAST) {
      return Optional.empty();
    }
    double difference = one.mean() - other.mean();
    double first = one.variance() / one.size();
    double second = other.variance() / other.size();
    double squared = first + second;
    if (squared == 0) {
      return Optional.of(new Estimate(difference, difference, difference));
    }
    double freedom =
        squared
            * squared
            / (first * first / (one.size() - 1) + second * second / (other.size() - 1));
    double half =
        TDistribution.of(freedom).inverseSurvivalProbability(level / 2) * Math.sqrt(squared);
    return Optional.of(new Estimate(difference, difference - half, difference + half));
  }

  /** So many times as much. */
  Estimate times(int factor) {
    return new Estimate(factor * value, factor * low, factor * high);
  }

  /** Less a figure that is known. */
  Estimate less(double known) {
    return new Estimate(value - known, low - known, high - known);
  }
}
