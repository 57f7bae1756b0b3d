package dev.hone;

import dev.hone.experience.Block;
import dev.hone.experience.Exposure.Arm;
import dev.hone.experience.Hit;
import dev.hone.experience.Pin;
import dev.hone.frontend.augment.Asking;
import dev.hone.frontend.augment.Augmenter;
import dev.hone.outcome.Assignment;
import dev.hone.wire.ChatRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes what a request is shown of what was found for it. Of a request that counts for whether
 * experience helps, some is held back by lot.
 */
final class Offers {

  private final Augmenter augmenter;
  private final Assignment assignment;
  private final Asking asking;

  /**
   * @param asking what is asked with it, whether or not anything is shown
   */
  Offers(Augmenter augmenter, Assignment assignment, Asking asking) {
    this.augmenter = augmenter;
    this.assignment = assignment;
    this.asking = asking;
  }

  /**
   * What is offered.
   *
   * @param block what is put into the prompt
   */
  record Offer(Block block, Draw draw) {}

  /** Whether a request counts: it is recorded, and not pinned to a commit. */
  static boolean counts(Call call) {
    return call.mode().captures() && call.pin().equals(Pin.NONE);
  }

  /**
   * Whether the model is asked how sure it is: of a request that is recorded, and that is answered
   * in words for people.
   */
  boolean asks(Call call) {
    return asking.asks()
        && call.mode().captures()
        && call.asked() instanceof ChatRequest chat
        && chat.answeredInProse();
  }

  /** How it is drawn what a request is shown, where nothing new is found for it. */
  Draw draw(Call call) {
    return counts(call) ? drawn(Arm.AUGMENTED, Map.of()) : Draw.SURE;
  }

  private Draw drawn(Arm arm, Map<Integer, Block.Shown> withheld) {
    return new Draw(assignment.probability(), assignment.holdout(), arm, withheld);
  }

  /** What a request is offered in a conversation, best first, as far as it fits. */
  Offer of(Call call, String conversation, List<Hit> hits) {
    Offer offer = shown(call, conversation, hits);
    return asks(call) ? new Offer(asking.after(offer.block), offer.draw) : offer;
  }

  private Offer shown(Call call, String conversation, List<Hit> hits) {
    Block whole = augmenter.block(hits);
    if (!counts(call)) {
      return new Offer(whole, Draw.SURE);
    }
    String space = call.scope().space();
    boolean heldOut = assignment.heldOut(space, conversation);
    Map<Integer, Block.Shown> withheld = new HashMap<>();
    Set<String> shown = whole.items().stream().map(Block.Shown::id).collect(Collectors.toSet());
    for (int i = 0; i < whole.items().size(); i++) {
      Block.Shown item = whole.items().get(i);
      if (heldOut || assignment.dropped(space, conversation, item.id())) {
        withheld.put(i + 1, item);
        shown.remove(item.id());
      }
    }
    Block block =
        withheld.isEmpty()
            ? whole
            : augmenter.block(
                hits.stream().filter(hit -> shown.contains(hit.experience().id())).toList());
    return new Offer(block, drawn(heldOut ? Arm.HOLDOUT : Arm.DROPPED, withheld));
  }
}
