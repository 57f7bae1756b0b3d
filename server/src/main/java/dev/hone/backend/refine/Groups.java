package dev.hone.backend.refine;

import dev.hone.experience.Experience;
import dev.hone.experience.Refinement.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The groups of a pool: the connected components over all pairs of one type at or above the type's
 * threshold, exactly, in the order of their oldest item. So that one condensation stays small, a
 * component larger than {@link #LARGEST} is taken apart: into its components at a higher threshold,
 * those that are still too large again so, and then into those of what was left alone by it. Where
 * no threshold parts them, they are cut by age.
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
   * @param leastSimilarity the least among its pairs
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
      OfType grouping = new OfType(measure, threshold.applyAsDouble(type.getKey()), groups);
      pairs += grouping.all(type.getValue());
    }
    groups.sort(Comparator.comparing(group -> group.ids().getFirst()));
    return new Groups(groups, pairs);
  }

  /** Groups the items of one type. */
  private record OfType(Similarity measure, double threshold, List<Group> groups) {

    /** Groups items; returns how many pairs there are. */
    long all(List<Experience> items) {
      Components components = new Components(items, measure, threshold);
      group(components, threshold);
      return components.pairs;
    }

    /** Groups items that are pairs at a threshold or above; returns those that stay alone. */
    private List<Experience> group(List<Experience> items, double at) {
      return Double.isInfinite(at) ? items : group(new Components(items, measure, at), at);
    }

    private List<Experience> group(Components components, double at) {
      List<Experience> alone = new ArrayList<>();
      for (List<Experience> members : components.members()) {
        if (members.size() == 1) {
          alone.addAll(members);
        } else if (members.size() <= LARGEST) {
          add(members);
        } else {
          List<Experience> left = group(members, measure.above(at));
          if (left.size() == members.size()) {
            cut(members);
          } else {
            alone.addAll(group(left, at));
          }
        }
      }
      return alone;
    }

    private void cut(List<Experience> members) {
      for (int start = 0; start < members.size(); start += LARGEST) {
        List<Experience> part = members.subList(start, Math.min(members.size(), start + LARGEST));
        if (part.size() > 1) {
          add(part);
        }
      }
    }

    private void add(List<Experience> part) {
      List<Pair> pairs = Groups.pairs(part, measure, threshold);
      groups.add(
          new Group(
              part.stream().map(Experience::id).toList(),
              threshold,
              pairs.isEmpty() ? threshold : pairs.getLast().similarity(),
              pairs));
    }
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

    private final List<Experience> items;
    private final int[] parents;
    private long pairs;

    Components(List<Experience> items, Similarity measure, double threshold) {
      this.items = items;
      parents = new int[items.size()];
      for (int i = 0; i < parents.length; i++) {
        parents[i] = i;
      }
      measure.pairs(items, threshold, (one, other, similarity) -> join(one, other));
    }

    private int root(int item) {
      int at = item;
      while (parents[at] != at) {
        parents[at] = parents[parents[at]];
        at = parents[at];
      }
      return at;
    }

    /** The lower root stays, so that components are found in the order of their first item. */
    private void join(int one, int other) {
      pairs++;
      int a = root(one);
      int b = root(other);
      parents[Math.max(a, b)] = Math.min(a, b);
    }

    List<List<Experience>> members() {
      Map<Integer, List<Experience>> members = new LinkedHashMap<>();
      for (int i = 0; i < parents.length; i++) {
        members.computeIfAbsent(root(i), any -> new ArrayList<>()).add(items.get(i));
      }
      return List.copyOf(members.values());
    }
  }
}
