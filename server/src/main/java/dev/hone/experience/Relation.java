package dev.hone.experience;

/** What two items that stay apart have to do with one another. */
public enum Relation {
  /** Of one situation they say different things. */
  CONTRADICTS,
  /** Their situations are similar, and a number, a name, a negation or the content differs. */
  RESEMBLES
}
