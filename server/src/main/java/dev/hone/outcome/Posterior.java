package dev.hone.outcome;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What to think of a lift before much is known of it: a normal distribution, to rank by. Unlike the
 * {@link Lift} it comes from, it promises nothing of how often it is wrong.
 *
 * @param mean the lift that is expected
 * @param deviation the standard deviation, above 0
 */
public record Posterior(double mean, double deviation) {

  /** Of items: half of all lifts lie within 0.07 of 0, and nineteen of twenty within 0.2. */
  public static final Posterior PRIOR = new Posterior(0, 0.1);

  /** What is thought once the estimate of a lift, with its standard error, is known. */
  public Posterior given(Lift lift) {
    if (!lift.known()) {
      return this;
    }
    double precision = 1 / (deviation * deviation);
    double weight = 1 / (lift.error() * lift.error());
    return new Posterior(
        (precision * mean + weight * lift.estimate()) / (precision + weight),
        Math.sqrt(1 / (precision + weight)));
  }

  /**
   * A draw from it, for Thompson sampling (Thompson 1933), which bears outcomes that come late
   * (Chapelle and Li 2011): the quantile of {@code uniform}, so that equal numbers draw equally.
   *
   * @param uniform a number drawn uniformly from (0, 1)
   * @throws IllegalArgumentException if it is not in (0, 1)
   */
  public double draw(double uniform) {
    if (!(uniform > 0 && uniform < 1)) {
      throw new IllegalArgumentException(uniform + " is not between 0 and 1");
    }
    return NormalDistribution.of(mean, deviation).inverseCumulativeProbability(uniform);
  }
}
