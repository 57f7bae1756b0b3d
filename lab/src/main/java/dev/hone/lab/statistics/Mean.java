package dev.hone.lab.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A mean with its 95 % interval by the bootstrap (Efron and Tibshirani 1993, percentiles of {@value
 * #DRAWS} draws). Of paired differences it is the paired bootstrap.
 *
 * @param value the mean; 0 of nothing
 * @param low the lower end
 * @param high the upper end
 * @param count how many values
 */
public record Mean(double value, double low, double high, int count) {

  static final int DRAWS = 10_000;
  private static final long SEED = 20_260_101;
  private static final double TAIL = 0.025;

  /** Of values that are drawn independently of each other. */
  public static Mean of(List<Double> values) {
    int n = values.size();
    if (n == 0) {
      return new Mean(0, 0, 0, 0);
    }
    double[] all = values.stream().mapToDouble(each -> each).toArray();
    SplittableRandom random = new SplittableRandom(SEED);
    double[] drawn = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += all[random.nextInt(n)];
      }
      drawn[draw] = sum / n;
    }
    Arrays.sort(drawn);
    return new Mean(
        Arrays.stream(all).average().orElse(0),
        drawn[(int) Math.floor(TAIL * (DRAWS - 1))],
        drawn[(int) Math.ceil((1 - TAIL) * (DRAWS - 1))],
        n);
  }
}
