package dev.hone;

import dev.hone.experience.Anchor;
import dev.hone.experience.Block;
import dev.hone.experience.Exposure;
import dev.hone.wire.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Hone adds to a request: experience, and the question how sure the model is.
 *
 * @param mode what to call it: augmented, nothing-relevant, holdout, bypassed or failed-open
 * @param splices the texts to put in
 * @param blocks the blocks that they come of, in the order of the conversation; one may show no
 *     item
 * @param anchor the block that is new, to be frozen where it stands
 * @param draw how it was drawn what is shown
 */
record Augmentation(
    String mode,
    List<ChatRequest.Splice> splices,
    List<Block> blocks,
    @Nullable Anchor anchor,
    Draw draw) {

  static final String AUGMENTED = "augmented";
  static final String NOTHING_RELEVANT = "nothing-relevant";
  static final String HOLDOUT = "holdout";
  static final String BYPASSED = "bypassed";
  static final String FAILED_OPEN = "failed-open";

  Augmentation {
    splices = List.copyOf(splices);
    blocks = List.copyOf(blocks);
  }

  static Augmentation none(String mode) {
    return new Augmentation(mode, List.of(), List.of(), null, Draw.SURE);
  }

  static Augmentation of(
      List<ChatRequest.Splice> splices, List<Block> blocks, @Nullable Anchor anchor, Draw draw) {
    boolean shows = blocks.stream().anyMatch(block -> !block.items().isEmpty());
    return new Augmentation(
        shows ? AUGMENTED : draw.withheld().isEmpty() ? NOTHING_RELEVANT : HOLDOUT,
        splices,
        blocks,
        anchor,
        draw);
  }

  boolean isEmpty() {
    return splices.isEmpty();
  }

  int tokens() {
    return blocks.stream().mapToInt(Block::tokens).sum();
  }

  List<Block.Shown> items() {
    return blocks.stream().flatMap(block -> block.items().stream()).toList();
  }

  /**
   * What the prompt of an interaction holds, by rank over all its blocks; and what was held back,
   * by the rank that it would have had.
   */
  List<Exposure> exposures(String interaction) {
    List<Exposure> exposures = new ArrayList<>();
    for (Block.Shown item : items()) {
      exposures.add(
          new Exposure(
              interaction,
              item.id(),
              item.version(),
              exposures.size() + 1,
              item.tokens(),
              Exposure.Arm.AUGMENTED,
              draw.probability(),
              draw.holdout()));
    }
    draw.withheld()
        .forEach(
            (rank, item) ->
                exposures.add(
                    new Exposure(
                        interaction,
                        item.id(),
                        item.version(),
                        rank,
                        item.tokens(),
                        draw.arm(),
                        draw.probability(),
                        draw.holdout())));
    return exposures;
  }
}
