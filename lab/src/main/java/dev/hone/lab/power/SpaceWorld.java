package dev.hone.lab.power;

/**
 * A space whose lift is known.
 *
 * @param lift of being shown experience, on average over all sessions
 * @param drift by how much the lift of the last session exceeds that average, and that of the first
 *     falls short of it
 * @param heldOut the share of sessions that are shown nothing, in (0, 1)
 * @param missingShown the probability that an outcome is missing where experience is shown
 * @param missingHeldOut and where it is not
 */
record SpaceWorld(
    double lift, double drift, double heldOut, double missingShown, double missingHeldOut) {

  /**
   * @throws IllegalArgumentException if a figure is out of its range
   */
  SpaceWorld {
    Visit.check(Math.abs(lift) + Math.abs(drift));
    Share.check("the share held out", heldOut);
  }

  /** One whose outcomes are missing completely at random, and whose lift stays. */
  static SpaceWorld steady(double lift, double heldOut, double missing) {
    return new SpaceWorld(lift, 0, heldOut, missing, missing);
  }
}
