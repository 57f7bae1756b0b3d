package dev.hone.lab.power;

import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * What people make of one to five answers of a session: each is right with a probability that all
 * of the session share, and for each it may stay unknown whether it was.
 */
final class Visit {

  /** How far the probability of a session may lie from 1/2, less what it is shown does. */
  static final double SPREAD = 0.2;

  private static final double BASE = 0.5;
  private static final int MOST_INTERACTIONS = 5;

  private Visit() {}

  /**
   * The mean outcome of a session; empty if all of its outcomes are missing.
   *
   * @param lift of what it is shown, in [−0.3, 0.3]
   * @param missing the probability that an outcome is missing
   */
  static OptionalDouble outcome(SplittableRandom random, double lift, double missing) {
    double probability = BASE + random.nextDouble(-SPREAD, SPREAD) + lift;
    int interactions = 1 + random.nextInt(MOST_INTERACTIONS);
    int known = 0;
    int right = 0;
    for (int i = 0; i < interactions; i++) {
      boolean here = random.nextDouble() < probability;
      if (random.nextDouble() >= missing) {
        known++;
        right += here ? 1 : 0;
      }
    }
    return known == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) right / known);
  }

  /** Checks that no probability leaves [0, 1]. */
  static void check(double lift) {
    if (!(Math.abs(lift) <= BASE - SPREAD)) {
      throw new IllegalArgumentException(
          "a lift of "
              + lift
              + " cannot be simulated: from -0.3 to 0.3 (two items of one --effect add up)");
    }
  }
}
