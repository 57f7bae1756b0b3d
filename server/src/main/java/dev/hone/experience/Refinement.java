package dev.hone.experience;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one refinement pass found and did.
 *
 * @param space the pool
 * @param dryRun whether it only looked
 * @param threshold the similarity from which two items are a pair
 * @param itemsBefore shown items before
 * @param itemsAfter shown items after (as they would be, in a dry run)
 * @param pairs pairs at or above the threshold
 * @param groups what became of each group
 * @param commit the commit made, absent in a dry run or when nothing changed
 */
public record Refinement(
    String space,
    boolean dryRun,
    double threshold,
    int itemsBefore,
    int itemsAfter,
    long pairs,
    List<Group> groups,
    @Nullable String commit) {

  public Refinement {
    groups = List.copyOf(groups);
  }

  /**
   * One group.
   *
   * @param parents the items grouped
   * @param leastSimilarity of the pairs that hold the group together
   * @param child what they were condensed into; absent when they cannot be
   * @param proof what was checked
   * @param accepted whether the child takes the parents' place
   */
  public record Group(
      List<String> parents,
      double leastSimilarity,
      Optional<Lesson> child,
      String proof,
      boolean accepted) {}
}
