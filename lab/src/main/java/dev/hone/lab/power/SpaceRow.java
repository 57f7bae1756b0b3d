package dev.hone.lab.power;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the histories of a space said when so many sessions had closed.
 *
 * @param lift that is true
 * @param heldOut the share of sessions that were shown nothing
 * @param sessions that had closed
 * @param covered the share of histories in which no look so far missed the truth
 * @param found the share in which at some look so far 0 lay outside the interval: the power
 * @param width of the interval, the median
 * @param detectable the median of {@code Lift.detectable}
 */
record SpaceRow(
    double lift,
    double heldOut,
    int sessions,
    double covered,
    double found,
    double width,
    double detectable) {

  static final List<String> HEAD =
      List.of("lift", "held out", "sessions", "covered", "found", "width", "detectable");

  /** One row for each of the numbers of sessions. */
  static List<SpaceRow> of(
      SpaceWorld world, double level, List<Integer> sessions, Repetitions repetitions) {
    List<List<SpaceSimulation.Look>> histories =
        repetitions.of(seed -> new SpaceSimulation(world, level, sessions, seed).run());
    return IntStream.range(0, sessions.size())
        .mapToObj(look -> of(world, histories.stream().map(each -> each.get(look)).toList()))
        .toList();
  }

  private static SpaceRow of(SpaceWorld world, List<SpaceSimulation.Look> looks) {
    return new SpaceRow(
        world.lift(),
        world.heldOut(),
        looks.getFirst().sessions(),
        share(looks, SpaceSimulation.Look::covered),
        share(looks, SpaceSimulation.Look::found),
        median(
            looks.stream().mapToDouble(each -> each.lift().high() - each.lift().low()).toArray()),
        median(looks.stream().mapToDouble(each -> each.lift().detectable()).toArray()));
  }

  private static <T> double share(List<T> all, Predicate<T> which) {
    return (double) all.stream().filter(which).count() / all.size();
  }

  /** The middle of some values, or the mean of the middle two. */
  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  List<String> cells() {
    return List.of(
        String.format(Locale.ROOT, "%.2f", lift),
        String.format(Locale.ROOT, "%.2f", heldOut),
        String.valueOf(sessions),
        String.format(Locale.ROOT, "%.3f", covered),
        String.format(Locale.ROOT, "%.3f", found),
        String.format(Locale.ROOT, "%.3f", width),
        String.format(Locale.ROOT, "%.3f", detectable));
  }
}
