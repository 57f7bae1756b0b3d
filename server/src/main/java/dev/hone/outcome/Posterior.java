package dev.hone.outcome;

import java.util.Collection;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What to think of a lift before much is known of it: a normal distribution, to rank and to doubt
 * by ({@link Belief}). Unlike the {@link Lift} it comes from, it promises nothing of how often it
 * is wrong.
 *
 * @param mean the lift that is expected
 * @param deviation the standard deviation, above 0
 */
public record Posterior(double mean, double deviation) {

  /**
   * Of items, as long as little is known of any: half of all lifts lie within 0.07 of 0, and
   * nineteen of twenty within 0.2.
   */
  public static final Posterior PRIOR = new Posterior(0, 0.1);

  /** Items that the {@link #PRIOR} counts for beside those of which something is known. */
  private static final int PRETENDED = 10;

  /** Trials of each arm without which an item's error is too uncertain to tell of others. */
  private static final int FEWEST = 4;

  private static final int STEPS = 50;

  /**
   * What to think of a new item, learned from the lifts of the others (empirical Bayes; Robbins
   * 1956, Efron and Morris 1973): the normal distribution under which their estimates are most
   * likely, were there ten items more whose lifts are known, lie about 0 and are spread as in
   * {@link #PRIOR}. Found by expectation and maximisation (Dempster, Laird and Rubin 1977).
   */
  public static Posterior among(Collection<Lift> lifts) {
    List<Lift> telling =
        lifts.stream().filter(lift -> Math.min(lift.shown(), lift.notShown()) >= FEWEST).toList();
    double count = telling.size() + PRETENDED;
    Posterior prior = PRIOR;
    for (int step = 0; step < STEPS && !telling.isEmpty(); step++) {
      List<Posterior> each = telling.stream().map(prior::given).toList();
      double mean = each.stream().mapToDouble(Posterior::mean).sum() / count;
      double spread =
          PRETENDED * PRIOR.around(0) + each.stream().mapToDouble(one -> one.around(mean)).sum();
      prior = new Posterior(mean, Math.sqrt(spread / count));
    }
    return prior;
  }

  /** The mean square of the distance from a point. */
  private double around(double point) {
    return (mean - point) * (mean - point) + deviation * deviation;
  }

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
