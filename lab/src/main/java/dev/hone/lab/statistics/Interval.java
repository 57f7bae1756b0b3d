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
  private static final long SEED = 20_260_101;
  private static final double TAIL = 0.025;

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
    all.forEach((name, figure) -> intervals.put(name, around(figure.value, figure.draws)));
    return intervals;
  }

  private static Interval around(double value, List<Double> drawn) {
    if (drawn.isEmpty()) {
      return exactly(value);
    }
    double[] sorted = drawn.stream().mapToDouble(each -> each).toArray();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return new Interval(
        value, sorted[(int) Math.floor(TAIL * last)], sorted[(int) Math.ceil((1 - TAIL) * last)]);
  }
}
