package dev.hone.lab.power;

import java.util.List;

/**
 * What is simulated.
 *
 * @param lifts of spaces
 * @param heldOut shares of sessions that are shown nothing, of spaces
 * @param sessions at which a space is described, rising
 * @param effect of items that help or harm
 * @param dropout probabilities with which items are left out
 * @param itemHeldOut the share of sessions that are shown nothing, of items
 * @param itemSessions at which items are described, rising
 * @param missing the probability that an outcome is missing
 * @param level of intervals, and of false demotions
 * @param repetitions histories of each
 * @param seed of the first of them
 */
record PowerPlan(
    List<Double> lifts,
    List<Double> heldOut,
    List<Integer> sessions,
    double effect,
    List<Double> dropout,
    double itemHeldOut,
    List<Integer> itemSessions,
    double missing,
    double level,
    int repetitions,
    long seed) {

  private static final int ITEMS = 20;
  private static final int HARMFUL = 4;
  private static final int HELPFUL = 4;

  /**
   * @throws IllegalArgumentException if a figure is out of its range
   */
  PowerPlan {
    lifts = lifts.stream().distinct().toList();
    heldOut = heldOut.stream().distinct().toList();
    sessions = sessions.stream().sorted().distinct().toList();
    dropout = dropout.stream().distinct().toList();
    itemSessions = itemSessions.stream().sorted().distinct().toList();
    Share.check("the level", level);
    if (!(missing >= 0 && missing < 1)) {
      throw new IllegalArgumentException(
          "the share missing is " + missing + ", not at least 0 and below 1");
    }
    if (repetitions < 1 || sessions.getFirst() < 1 || itemSessions.getFirst() < 1) {
      throw new IllegalArgumentException("sessions and repetitions must be at least 1");
    }
  }

  List<SpaceWorld> spaces() {
    return lifts.stream()
        .flatMap(lift -> heldOut.stream().map(out -> SpaceWorld.steady(lift, out, missing)))
        .toList();
  }

  List<ItemWorld> items() {
    return dropout.stream()
        .map(out -> new ItemWorld(ITEMS, HARMFUL, HELPFUL, effect, itemHeldOut, out, missing))
        .toList();
  }
}
