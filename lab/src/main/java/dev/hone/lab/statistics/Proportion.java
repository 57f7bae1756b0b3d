package dev.hone.lab.statistics;

import java.util.Collection;
import java.util.List;

/**
 * A share with its 95 % interval, after Wilson (1927).
 *
 * @param value the share, in [0, 1]
 * @param low the lower end
 * @param high the upper end
 */
public record Proportion(double value, double low, double high) {

  private static final double Z = 1.959964;

  /** Of so many independent trials so many successes; of none, the interval is [0, 1]. */
  public static Proportion of(long successes, long trials) {
    return trials == 0
        ? new Proportion(0, 0, 1)
        : wilson((double) successes / trials, (double) trials);
  }

  /**
   * Of trials that come in clusters, such as one question asked with several seeds: the interval of
   * as many independent trials as the clusters are worth, which is the trials divided by the design
   * effect (Kish 1965), but at most the trials.
   */
  public static Proportion clustered(Collection<List<Boolean>> clusters) {
    long trials = clusters.stream().mapToLong(List::size).sum();
    if (trials == 0) {
      return new Proportion(0, 0, 1);
    }
    double value = (double) clusters.stream().mapToLong(Proportion::successes).sum() / trials;
    double squares = 0;
    for (List<Boolean> cluster : clusters) {
      double residual = successes(cluster) - value * cluster.size();
      squares += residual * residual;
    }
    double independent = value * (1 - value) * trials;
    double effect = independent == 0 ? (double) trials / clusters.size() : squares / independent;
    return wilson(value, trials / Math.max(1, effect));
  }

  /** As a figure. */
  public Interval interval() {
    return new Interval(value, low, high);
  }

  private static long successes(List<Boolean> cluster) {
    return cluster.stream().filter(each -> each).count();
  }

  private static Proportion wilson(double p, double n) {
    double centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
    double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4.0 * n * n));
    return new Proportion(p, Math.max(0, centre - half), Math.min(1, centre + half));
  }
}
