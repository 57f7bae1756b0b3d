package dev.hone.experience;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one refinement pass found and did.
 *
 * @param space the pool
 * @param dryRun whether it only looked
 * @param measure how the similarity of two items was measured
 * @param threshold the similarity from which two items are a pair, unless their type has its own
 * @param itemsBefore shown items before
 * @param itemsAfter shown items after (as they would be, in a dry run)
 * @param pairs pairs at or above the threshold
 * @param groups what became of each group
 * @param commit the commit made, absent in a dry run or when nothing changed
 */
public record Refinement(
    String space,
    boolean dryRun,
    Measure measure,
    double threshold,
    int itemsBefore,
    int itemsAfter,
    long pairs,
    List<Group> groups,
    @Nullable String commit) {

  /** How the similarity of two items is measured. */
  public enum Measure {
    /** The cosine of BM25-style weights: symmetric, in [0, 1]. */
    NORMALISED,
    /**
     * The paper's: the BM25 score of one item for the other as its query, in the direction in which
     * it is higher; without an upper bound.
     */
    RAW
  }

  public Refinement {
    groups = List.copyOf(groups);
  }

  /** Two items at or above the threshold, by their ids, and how similar they are. */
  public record Pair(String one, String other, double similarity) {}

  /**
   * One group.
   *
   * @param items the items grouped, as they stood
   * @param threshold the similarity from which two of them are a pair
   * @param leastSimilarity of the pairs that hold the group together
   * @param pairs the pairs among the items, most similar first
   * @param child what they were condensed into; absent when they cannot be
   * @param proof what was checked
   * @param accepted whether the child takes the items' place
   */
  public record Group(
      List<Experience> items,
      double threshold,
      double leastSimilarity,
      List<Pair> pairs,
      Optional<Lesson> child,
      String proof,
      boolean accepted) {

    public Group {
      items = List.copyOf(items);
      pairs = List.copyOf(pairs);
    }

    /** The ids of the items. */
    public List<String> parents() {
      return items.stream().map(Experience::id).toList();
    }

    /** The same, turned down. */
    public Group rejected(String why) {
      return new Group(items, threshold, leastSimilarity, pairs, child, why, false);
    }
  }
}
