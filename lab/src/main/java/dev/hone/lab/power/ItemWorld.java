package dev.hone.lab.power;

/**
 * A space of items of which some harm, some help, and the others do nothing.
 *
 * @param items how many
 * @param harmful how many of them lower the outcome of a session that is shown them
 * @param helpful how many raise it
 * @param effect by how much, of each of them
 * @param heldOut the share of sessions that are shown nothing, in [0, 1)
 * @param dropout the probability with which an item is left out of a session, in (0, 1)
 * @param missing the probability that an outcome is missing
 */
record ItemWorld(
    int items,
    int harmful,
    int helpful,
    double effect,
    double heldOut,
    double dropout,
    double missing) {

  /** Items that a session retrieves. */
  static final int RETRIEVED = 2;

  /**
   * @throws IllegalArgumentException if a figure is out of its range
   */
  ItemWorld {
    Visit.check(RETRIEVED * effect);
    Share.check("the share dropped out", dropout);
    if (!(heldOut >= 0 && heldOut < 1)) {
      throw new IllegalArgumentException(
          "the share held out is " + heldOut + ", not at least 0 and below 1");
    }
    if (harmful + helpful > items || items < RETRIEVED + harmful) {
      throw new IllegalArgumentException(
          harmful + " harmful and " + helpful + " helpful items are too many of " + items);
    }
  }

  boolean harms(int item) {
    return item < harmful;
  }

  boolean helps(int item) {
    return item >= items - helpful;
  }

  double lift(int item) {
    if (harms(item)) {
      return -effect;
    }
    return helps(item) ? effect : 0;
  }
}
