package dev.hone.outcome;

import dev.hone.experience.Alarm;
import dev.hone.port.Sessions;
import java.util.List;

/**
 * Values in [0, 1], one a session.
 *
 * @param size how many
 * @param mean 0 when there are none
 */
record Sample(int size, double mean) {

  static Sample of(List<Sessions.Judged> sessions) {
    return new Sample(
        sessions.size(), sessions.stream().mapToDouble(Sessions.Judged::value).average().orElse(0));
  }

  Alarm.Group named(String name) {
    return new Alarm.Group(name, size, mean);
  }

  /**
   * How far the difference of two means may lie above that of their expectations, but with this
   * probability: {@code √(ln(1/δ) · (1/m + 1/n) / 2)}, for independent values in [0, 1] of whatever
   * distribution (Hoeffding 1963, inequality 2.7). Chosen for that it holds for few values too,
   * where Welch's test only comes near, and empirical Bernstein bounds are wider.
   *
   * @param chance δ, in (0, 1)
   */
  static double bound(Sample one, Sample other, double chance) {
    return Math.sqrt(Math.log(1 / chance) * (1.0 / one.size + 1.0 / other.size) / 2);
  }

  /**
   * The part of a level that the {@code look}-th look may use, from 1: {@code level / (look (look +
   * 1))}. All together, however many there are, use no more than the level (union bound).
   */
  static double spent(double level, int look) {
    return level / ((double) look * (look + 1));
  }
}
