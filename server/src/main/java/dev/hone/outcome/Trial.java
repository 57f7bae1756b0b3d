package dev.hone.outcome;

/**
 * What one session says about one subject (an item, a type, a whole space): whether it was shown,
 * as a coin decided, and what came of the session.
 *
 * @param shown how the coin fell
 * @param probability with which the coin shows the subject, known before it falls, in (0, 1)
 * @param value the session's outcome, in [0, 1]
 */
public record Trial(boolean shown, double probability, double value) {

  /**
   * @throws IllegalArgumentException if the probability or the value is out of its range
   */
  public Trial {
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "the probability of being shown is " + probability + ", not between 0 and 1");
    }
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("the value is " + value + ", not from 0 to 1");
    }
  }

  /**
   * Whether the outcome of a session is missing, as a trial of its own: {@link LiftEstimator} then
   * tells whether outcomes are missing more often where the subject was shown. While they are, its
   * lift is not to be believed.
   */
  public static Trial ofMissing(boolean shown, double probability, boolean missing) {
    return new Trial(shown, probability, missing ? 1 : 0);
  }
}
