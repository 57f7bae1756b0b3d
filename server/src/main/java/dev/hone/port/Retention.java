package dev.hone.port;

import java.time.Duration;
import java.time.Instant;

/**
 * Lets go of what the journal need not keep: the words of interactions that were learned from, or
 * never will be, oldest first. Their rows stay, as {@link
 * dev.hone.experience.InteractionState#EXPIRED}, with their exposures and measures; so do the
 * quotes that items rest on, and what tells an echo of Hone's own words.
 */
public interface Retention {

  /**
   * What is kept.
   *
   * @param keep how long after the last word of an episode; zero for ever
   * @param size bytes of the database in use from which the oldest words go, young or not; 0 for no
   *     limit. At {@link #HARD} times as much they go even if they were not learned from yet
   */
  record Limits(Duration keep, long size) {

    /** How far beyond the limit what was not learned from is kept all the same. */
    public static final int HARD = 2;

    public Limits {
      if (keep.isNegative() || size < 0) {
        throw new IllegalArgumentException("limits are not negative");
      }
    }
  }

  /**
   * What one step did.
   *
   * @param learned interactions let go that were learned from, or never will be
   * @param unlearned interactions let go that were to be learned from
   * @param givenBack bytes given back to the file system
   */
  record Step(int learned, int unlearned, long givenBack) {

    /** Whether nothing was left to do. */
    public boolean idle() {
      return learned == 0 && unlearned == 0 && givenBack == 0;
    }
  }

  /** Does a small step: a few rows, so that nobody who writes waits for long. */
  Step step(Limits limits, Instant now);

  /** Bytes of the database in use. */
  long size();
}
