package dev.hone.experience;

/** How far a captured interaction got. */
public enum InteractionState {
  /** The request is durable; no answer yet. */
  OPENED,
  /** The answer is durable too. */
  COMPLETED,
  /** The process stopped before the answer was durable; kept, not learned from. */
  INTERRUPTED,
  /** The model answered with an error; kept, not learned from. */
  FAILED,
  /** Its words were let go, after the journal's limits of age and size. */
  EXPIRED,
  /** It was forgotten: that there was one is all that is known. */
  FORGOTTEN
}
