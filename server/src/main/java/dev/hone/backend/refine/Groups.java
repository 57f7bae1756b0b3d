package dev.hone.backend.refine;

import dev.hone.experience.Experience;
import dev.hone.experience.Refinement.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The groups of a pool: the connected components over all pairs of one type at or above the type's
 * threshold, exactly, in the order of their oldest item. A component larger than {@link #LARGEST}
 * is cut into parts, so that one condensation stays small.
 *
 * @param groups at least two items each
 * @param pairs pairs at or above the threshold
 */
record Groups(List<Group> groups, long pairs) {

  static final int LARGEST = 20;

  /**
   * A group.
   *
   * @param threshold the similarity from which two of its items are a pair
   * @param leastSimilarity the least among the pairs found in it
   * @param pairs the pairs among its items, most similar first
   */
  record Group(List<String> ids, double threshold, double leastSimilarity, List<Pair> pairs) {}

  /**
   * Groups items.
   *
   * @param threshold of a type: the similarity from which two items are a pair
   */
  static Groups of(List<Experience> items, Similarity measure, ToDoubleFunction<String> threshold) {
    Map<String, List<Experience>> byType = new LinkedHashMap<>();
    items.forEach(
        item -> byType.computeIfAbsent(item.lesson().type(), any -> new ArrayList<>()).add(item));
    List<Group> groups = new ArrayList<>();
    long pairs = 0;
    for (Map.Entry<String, List<Experience>> type : byType.entrySet()) {
      double least = threshold.applyAsDouble(type.getKey());
      Components components = new Components(type.getValue().size());
      measure.pairs(type.getValue(), least, components::join);
      pairs += components.pairs;
      groups.addAll(cut(components, type.getValue(), measure, least));
    }
    groups.sort(Comparator.comparing(group -> group.ids().getFirst()));
    return new Groups(groups, pairs);
  }

  private static List<Group> cut(
      Components components, List<Experience> items, Similarity measure, double threshold) {
    Map<Integer, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i++) {
      members.computeIfAbsent(components.root(i), any -> new ArrayList<>()).add(i);
    }
    List<Group> groups = new ArrayList<>();
    for (List<Integer> all : members.values()) {
      for (int start = 0; start < all.size(); start += LARGEST) {
        List<Integer> part = all.subList(start, Math.min(all.size(), start + LARGEST));
        if (part.size() > 1) {
          groups.add(
              new Group(
                  part.stream().map(i -> items.get(i).id()).toList(),
                  threshold,
                  part.stream()
                      .mapToDouble(i -> components.least[i])
                      .filter(Double::isFinite)
                      .min()
                      .orElse(threshold),
                  pairs(part.stream().map(items::get).toList(), measure, threshold)));
        }
      }
    }
    return groups;
  }

  private static List<Pair> pairs(List<Experience> part, Similarity measure, double threshold) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < part.size(); i++) {
      for (int j = i + 1; j < part.size(); j++) {
        double similarity = measure.of(part.get(i), part.get(j));
        if (similarity >= threshold) {
          pairs.add(new Pair(part.get(i).id(), part.get(j).id(), similarity));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::similarity).reversed());
    return pairs;
  }

  /** Disjoint sets with path halving (Tarjan and van Leeuwen 1984). */
  private static final class Components {

    private final int[] parents;
    private final double[] least;
    private long pairs;

    Components(int size) {
      parents = new int[size];
      least = new double[size];
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      for (int i = 0; i < size; i++) {
        parents[i] = i;
      }
    }

    int root(int item) {
      int at = item;
      while (parents[at] != at) {
        parents[at] = parents[parents[at]];
        at = parents[at];
      }
      return at;
    }

    /** The lower root stays, so that components are found in the order of their first item. */
    void join(int one, int other, double similarity) {
      pairs++;
      least[one] = Math.min(least[one], similarity);
      int a = root(one);
      int b = root(other);
      parents[Math.max(a, b)] = Math.min(a, b);
    }
  }
}
