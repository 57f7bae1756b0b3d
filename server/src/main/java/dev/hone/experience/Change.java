package dev.hone.experience;

import java.util.List;
import java.util.Optional;

/** One change of a pool that a commit makes. */
public sealed interface Change {

  /** The item that changes. */
  String experience();

  /** A new item; {@code parents} are the items that it condenses. */
  record Add(
      String experience,
      Lesson lesson,
      State state,
      String owner,
      List<Evidence> evidence,
      List<String> parents)
      implements Change {}

  /** A new version of an item. */
  record Revise(String experience, Lesson lesson, State state, List<Evidence> evidence)
      implements Change {}

  /** More evidence for an item, or none, and the state it has from then on. */
  record Reinforce(String experience, State state, List<Evidence> evidence) implements Change {}

  /** Evidence that no longer holds, which may change the item's state, and whose it is. */
  record TakeBack(String experience, State state, String owner, List<Evidence> evidence)
      implements Change {}

  /**
   * What a new or revised item has to do with another one: it counts until either is withdrawn or
   * revised.
   *
   * @param similarity of their situations, in [0, 1]
   */
  record Link(String experience, String other, Relation relation, double similarity)
      implements Change {}

  /** An item taken out, in favour of another or of none. */
  record Withdraw(String experience, Optional<String> successor) implements Change {}
}
