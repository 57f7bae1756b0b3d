package dev.hone.experience;

import java.util.List;

/**
 * A distilled lesson with its evidence, before admission.
 *
 * @param lesson what it says; its type may be empty, then the classifier decides
 * @param evidence at least one span
 */
public record Draft(Lesson lesson, List<Evidence> evidence) {

  public Draft {
    evidence = List.copyOf(evidence);
    if (evidence.isEmpty()) {
      throw new IllegalArgumentException("every item shows its evidence");
    }
  }
}
