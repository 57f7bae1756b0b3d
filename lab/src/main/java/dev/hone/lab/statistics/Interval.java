package dev.hone.lab.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A figure with its 95 % interval.
 *
 * @param value the figure
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double value, double low, double high) {

  static final int DRAWS = 1_000;
  static final int DRAWS_OF_MEANS = 10_000;
  static final long SEED = 20_260_101;
  private static final double TAIL = 0.025;
  private static final double NORMAL = 1.959964;

  /** A figure of which no interval is known. */
  public static Interval exactly(double value) {
    return new Interval(value, value, value);
  }

  /**
   * Figures of observations that come in clusters, by the bootstrap over clusters (Efron and
   * Tibshirani 1993, percentiles of {@value #DRAWS} draws). Of a figure that is as it is whatever
   * is drawn, such as the area under a curve of which every right answer is surer than every wrong
   * one, the interval has no width.
   *
   * @param figures those that can be told of some observations, by name; draws of which one cannot
   *     be told say nothing of it
   * @return those of all observations, in their order
   */
  public static <T> Map<String, Interval> of(
      List<List<T>> clusters, Function<List<T>, Map<String, Double>> figures) {
    record Drawn(double value, List<Double> draws) {}
    Map<String, Drawn> all = new LinkedHashMap<>();
    figures
        .apply(clusters.stream().flatMap(List::stream).toList())
        .forEach((name, value) -> all.put(name, new Drawn(value, new ArrayList<>())));
    SplittableRandom random = new SplittableRandom(SEED);
    for (int draw = 0; draw < DRAWS && !all.isEmpty(); draw++) {
      List<T> some = new ArrayList<>();
      for (int i = 0; i < clusters.size(); i++) {
        some.addAll(clusters.get(random.nextInt(clusters.size())));
      }
      Map<String, Double> told = figures.apply(some);
      all.forEach(
          (name, figure) -> {
            Double value = told.get(name);
            if (value != null) {
              figure.draws.add(value);
            }
          });
    }
    Map<String, Interval> intervals = new LinkedHashMap<>();
    all.forEach(
        (name, figure) ->
            intervals.put(
                name,
                around(figure.value, figure.draws.stream().mapToDouble(each -> each).toArray())));
    return intervals;
  }

  /**
   * A mean of bounded values that are drawn independently of each other, by the bootstrap
   * (percentiles of {@value #DRAWS_OF_MEANS} draws); of paired differences it is the paired
   * bootstrap. Where all values are equal, it is that of {@link #ofEqual}.
   *
   * @param least that a value can be
   * @param most that a value can be
   * @return 0, with all that a mean can be, of no values
   */
  public static Interval ofMean(List<Double> values, double least, double most) {
    int n = values.size();
    if (n == 0) {
      return new Interval(0, least, most);
    }
    double[] all = values.stream().mapToDouble(each -> each).toArray();
    if (Arrays.stream(all).allMatch(each -> each == all[0])) {
      return ofEqual(all[0], n, least, most);
    }
    SplittableRandom random = new SplittableRandom(SEED);
    double[] drawn = new double[DRAWS_OF_MEANS];
    for (int draw = 0; draw < drawn.length; draw++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += all[random.nextInt(n)];
      }
      drawn[draw] = sum / n;
    }
    return around(Arrays.stream(all).average().orElseThrow(), drawn);
  }

  /**
   * A mean of equal values, of which the bootstrap makes nothing: as if one value more had been at
   * either bound (after Bonett and Price 2012).
   */
  static Interval ofEqual(double value, int n, double least, double most) {
    double mean = (n * value + least + most) / (n + 2);
    double squares =
        n * (value - mean) * (value - mean)
            + (least - mean) * (least - mean)
            + (most - mean) * (most - mean);
    double reach = NORMAL * Math.sqrt(squares) / (n + 2);
    return new Interval(value, Math.max(least, mean - reach), Math.min(most, mean + reach));
  }

  /** By the percentiles of what was drawn. */
  static Interval around(double value, double... drawn) {
    if (drawn.length == 0) {
      return exactly(value);
    }
    double[] sorted = drawn.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return new Interval(
        value, sorted[(int) Math.floor(TAIL * last)], sorted[(int) Math.ceil((1 - TAIL) * last)]);
  }
}
