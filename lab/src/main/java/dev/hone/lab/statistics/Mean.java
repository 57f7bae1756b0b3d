package dev.hone.lab.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A mean of bounded values with its 95 % interval by the bootstrap (Efron and Tibshirani 1993,
 * percentiles of {@value #DRAWS} draws). Of paired differences it is the paired bootstrap. Where
 * all values are equal, of which it makes nothing, the interval is as if one value more had been at
 * either bound (after Bonett and Price 2012).
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
  private static final double NORMAL = 1.959964;

  /**
   * Of values that are drawn independently of each other.
   *
   * @param least that a value can be
   * @param most that a value can be
   */
  public static Mean of(List<Double> values, double least, double most) {
    int n = values.size();
    if (n == 0) {
      return new Mean(0, least, most, 0);
    }
    double first = values.getFirst();
    if (values.stream().allMatch(each -> each == first)) {
      return equal(first, n, least, most);
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

  private static Mean equal(double value, int n, double least, double most) {
    double mean = (n * value + least + most) / (n + 2);
    double squares =
        n * (value - mean) * (value - mean)
            + (least - mean) * (least - mean)
            + (most - mean) * (most - mean);
    double reach = NORMAL * Math.sqrt(squares) / (n + 2);
    return new Mean(value, Math.max(least, mean - reach), Math.min(most, mean + reach), n);
  }

  /** As a figure. */
  public Interval interval() {
    return new Interval(value, low, high);
  }
}
