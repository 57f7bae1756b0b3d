package dev.hone.experience;

/** What sort of lesson an item is. */
public enum Kind {
  /** A general lesson. */
  INSIGHT,
  /** How to do something, step by step. */
  PROCEDURE,
  /** Something that is so. */
  FACT,
  /** What goes wrong, and how to avoid it. */
  PITFALL,
  /** What somebody wants. */
  PREFERENCE
}
