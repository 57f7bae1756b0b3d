package dev.hone.outcome;

import dev.hone.experience.InteractionState;
import dev.hone.experience.Outcome;
import dev.hone.port.Journal;

/**
 * Takes outcomes: a correction is the environment's answer and becomes part of the interaction's
 * episode.
 */
public final class Feedback {

  private final Journal journal;
  private final Runnable wake;

  /**
   * @param wake told that there is something new to learn from
   */
  public Feedback(Journal journal, Runnable wake) {
    this.journal = journal;
    this.wake = wake;
  }

  /** Makes an outcome durable; false when the space has no such interaction. */
  public boolean take(String space, Outcome outcome) {
    if (journal
        .interaction(space, outcome.interaction())
        .filter(found -> found.state() != InteractionState.FORGOTTEN)
        .isEmpty()) {
      return false;
    }
    journal.outcome(space, outcome);
    wake.run();
    return true;
  }
}
