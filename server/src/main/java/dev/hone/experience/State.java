package dev.hone.experience;

/** An item's standing in its pool. */
public enum State {
  /** Not yet confirmed by an outcome; shown to its own principal only. */
  CANDIDATE,
  /** Shown to everybody in the space. */
  ACTIVE,
  /** Under suspicion; shown to nobody. */
  QUARANTINED,
  /** Taken out: refined into another item, superseded, or rolled back. */
  WITHDRAWN,
  /** Its text is destroyed. */
  PURGED;

  /** Whether anybody is shown the item. */
  public boolean shown() {
    return this == CANDIDATE || this == ACTIVE;
  }
}
