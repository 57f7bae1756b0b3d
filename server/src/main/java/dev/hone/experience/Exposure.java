package dev.hone.experience;

/**
 * "This item stood in the prompt of that interaction", or would have.
 *
 * @param interaction the interaction
 * @param experience the item
 * @param version its version
 * @param rank from 1
 * @param tokens its cost; what it would have been, where it was held back
 * @param arm whether it was shown, and if not, why
 * @param probability with which it was drawn to be shown, in (0, 1]: 1 where nothing was drawn
 * @param holdout share of sessions that were held out when it was drawn, in [0, 1)
 */
public record Exposure(
    String interaction,
    String experience,
    int version,
    int rank,
    int tokens,
    Arm arm,
    double probability,
    double holdout) {

  /** What was drawn for an item. */
  public enum Arm {
    /** It stood in the prompt. */
    AUGMENTED,
    /** It was left out of a prompt that others may have stood in. */
    DROPPED,
    /** It was found in a session that is shown nothing. */
    HOLDOUT;

    /** Whether the item stood in the prompt. */
    public boolean shown() {
      return this == AUGMENTED;
    }
  }

  public Exposure {
    if (!(probability > 0 && probability <= 1 && holdout >= 0 && holdout < 1)) {
      throw new IllegalArgumentException(
          "an exposure has a probability in (0, 1] and a holdout in [0, 1), not "
              + probability
              + " and "
              + holdout);
    }
  }

  /** Nothing was drawn: the item was shown for sure. */
  public static Exposure sure(
      String interaction, String experience, int version, int rank, int tokens) {
    return new Exposure(interaction, experience, version, rank, tokens, Arm.AUGMENTED, 1, 0);
  }
}
