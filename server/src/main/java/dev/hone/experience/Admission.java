package dev.hone.experience;

/** What admission decided about one draft, and why. */
public sealed interface Admission {

  /** The item decided about. */
  String experience();

  String reason();

  /** A new item, though perhaps near another. */
  record AddNew(String experience, String reason) implements Admission {}

  /** Said already: the item there gains evidence. */
  record Reinforce(String experience, String reason) implements Admission {}

  /** Replaces what an earlier revision of the same episode said. */
  record Revise(String experience, String reason) implements Admission {}

  /**
   * Not stored: an operator rolled this very item back, or one that says the same is under
   * quarantine.
   */
  record Discard(String experience, String reason) implements Admission {}
}
