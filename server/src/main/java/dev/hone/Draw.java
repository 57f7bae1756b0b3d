package dev.hone;

import dev.hone.experience.Block;
import dev.hone.experience.Exposure;
import java.util.Map;

/**
 * How it was drawn what a request is shown of what was found for it.
 *
 * @param probability with which each item was to be shown, in (0, 1]
 * @param holdout the share of sessions held out, in [0, 1)
 * @param arm what became of what was held back
 * @param withheld what was held back, by the rank that it would have had
 */
record Draw(
    double probability, double holdout, Exposure.Arm arm, Map<Integer, Block.Shown> withheld) {

  /** Nothing was drawn: what was found is shown. */
  static final Draw SURE = new Draw(1, 0, Exposure.Arm.AUGMENTED, Map.of());

  Draw {
    withheld = Map.copyOf(withheld);
  }
}
