package dev.hone.experience;

/** What a person wants to change in a pool. */
public sealed interface Edit {

  /** The item. */
  String experience();

  /** A new item. */
  record Create(String experience, Lesson lesson) implements Edit {}

  /** A new version of an item, made from this one. */
  record Revise(String experience, int version, Lesson lesson) implements Edit {}

  /** An item taken out, seen at this version. */
  record Withdraw(String experience, int version) implements Edit {}

  /** What came of it. */
  sealed interface Result {

    /** Done, as this commit. */
    record Done(Commit commit) implements Result {}

    /** Not done: the item has become this since. */
    record Stale(Experience current) implements Result {}

    /** Not done: there is no such item, or not for this person. */
    record Missing() implements Result {}
  }
}
