package dev.hone.backend.refine;

import dev.hone.experience.Experience;
import dev.hone.similarity.Neighbourhood;
import dev.hone.similarity.SimilarityIndex;
import dev.hone.similarity.TermVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The groups of a pool: the connected components over all pairs of one type at or above the
 * threshold, exactly, in the order of their oldest item. A component larger than {@link #LARGEST}
 * is cut into parts, so that one condensation stays small.
 *
 * @param groups at least two items each
 * @param pairs pairs at or above the threshold
 */
record Groups(List<Group> groups, long pairs) {

  static final int LARGEST = 20;

  /** A group, and the least similarity among the pairs found in it. */
  record Group(List<String> ids, double leastSimilarity) {}

  /** Groups these items, of which others may be in the neighbourhood too. */
  static Groups of(List<Experience> items, Neighbourhood neighbours, double threshold) {
    Map<String, String> types = new HashMap<>();
    Map<String, Integer> order = new LinkedHashMap<>();
    items.forEach(
        item -> {
          types.put(item.id(), item.lesson().type());
          order.put(item.id(), order.size());
        });
    Components components = new Components(order.size());
    double[] least = new double[order.size()];
    Arrays.fill(least, 1);
    long pairs = 0;
    for (Experience item : items) {
      Optional<TermVector> vector = neighbours.vectorOf(item.id());
      if (vector.isEmpty()) {
        continue;
      }
      int here = order.getOrDefault(item.id(), 0);
      for (SimilarityIndex.Match<String> match : neighbours.near(vector.get(), threshold)) {
        Integer there = order.get(match.key());
        if (there != null && there > here && item.lesson().type().equals(types.get(match.key()))) {
          pairs++;
          components.join(here, there);
          least[here] = Math.min(least[here], match.similarity());
        }
      }
    }
    return new Groups(cut(components, least, List.copyOf(order.keySet())), pairs);
  }

  private static List<Group> cut(Components components, double[] least, List<String> ids) {
    Map<Integer, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      members.computeIfAbsent(components.root(i), any -> new ArrayList<>()).add(i);
    }
    List<Group> groups = new ArrayList<>();
    for (List<Integer> all : members.values()) {
      for (int start = 0; start < all.size(); start += LARGEST) {
        List<Integer> part = all.subList(start, Math.min(all.size(), start + LARGEST));
        if (part.size() > 1) {
          groups.add(
              new Group(
                  part.stream().map(ids::get).toList(),
                  part.stream().mapToDouble(i -> least[i]).min().orElse(1)));
        }
      }
    }
    return groups;
  }

  /** Disjoint sets with path halving (Tarjan and van Leeuwen 1984). */
  private static final class Components {

    private final int[] parents;

    Components(int size) {
      parents = new int[size];
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
    void join(int one, int other) {
      int a = root(one);
      int b = root(other);
      parents[Math.max(a, b)] = Math.min(a, b);
    }
  }
}
