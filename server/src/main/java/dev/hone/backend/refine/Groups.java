package dev.hone.backend.refine;

import dev.hone.experience.Experience;
import dev.hone.experience.Refinement.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The groups of a pool: the connected components over all pairs of one type at or above the type's
 * threshold, exactly, in the order of their oldest item. So that one condensation stays small, a
 * component larger than {@link #LARGEST} is taken apart: its pairs are joined the most similar
 * first, as long as what they join stays small enough (single linkage, Florek et al. 1951), and
 * those that are left alone by it once more among themselves.
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
      double least = threshold.applyAsDouble(type.getKey());
      Linkage linkage = new Linkage(type.getValue(), measure, least);
      pairs += linkage.pairs;
      while (linkage.joined()) {
        linkage.groups().forEach(part -> groups.add(group(part, measure, least)));
        linkage = new Linkage(linkage.alone(), measure, least);
      }
    }
    groups.sort(Comparator.comparing(group -> group.ids().getFirst()));
    return new Groups(groups, pairs);
  }

  private static Group group(List<Experience> part, Similarity measure, double threshold) {
    List<Pair> pairs = pairs(part, measure, threshold);
    return new Group(
        part.stream().map(Experience::id).toList(),
        threshold,
        // Two sums of the same terms may lie on either side of the threshold.
        pairs.isEmpty() ? threshold : pairs.getLast().similarity(),
        pairs);
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

  /**
   * Items joined along their pairs: disjoint sets with path halving (Tarjan and van Leeuwen 1984),
   * none larger than {@link #LARGEST}. Of each item only its nearest count, as many as a set may
   * hold, so that what is kept of many pairs stays small.
   */
  private static final class Linkage {

    private record Link(int one, int other, double similarity) {

      /** The most similar first, and of equals those nearest in age. */
      static final Comparator<Link> NEAREST =
          Comparator.comparingDouble(Link::similarity)
              .reversed()
              .thenComparingInt(link -> link.other - link.one)
              .thenComparingInt(Link::one);
    }

    private final List<Experience> items;
    private final List<PriorityQueue<Link>> nearest = new ArrayList<>();
    private final int[] parents;
    private final int[] sizes;
    private long pairs;

    Linkage(List<Experience> items, Similarity measure, double threshold) {
      this.items = items;
      parents = new int[items.size()];
      sizes = new int[items.size()];
      for (int i = 0; i < items.size(); i++) {
        parents[i] = i;
        sizes[i] = 1;
        nearest.add(new PriorityQueue<>(Link.NEAREST.reversed()));
      }
      measure.pairs(items, threshold, this::take);
      nearest.stream()
          .flatMap(PriorityQueue::stream)
          .sorted(Link.NEAREST)
          .forEach(link -> join(link.one, link.other));
    }

    private void take(int one, int other, double similarity) {
      pairs++;
      Link link = new Link(one, other, similarity);
      keep(nearest.get(one), link);
      keep(nearest.get(other), link);
    }

    private static void keep(PriorityQueue<Link> links, Link link) {
      links.add(link);
      if (links.size() > LARGEST) {
        links.remove();
      }
    }

    private int root(int item) {
      int at = item;
      while (parents[at] != at) {
        parents[at] = parents[parents[at]];
        at = parents[at];
      }
      return at;
    }

    private void join(int one, int other) {
      int a = root(one);
      int b = root(other);
      if (a != b && sizes[a] + sizes[b] <= LARGEST) {
        parents[Math.max(a, b)] = Math.min(a, b);
        sizes[Math.min(a, b)] += sizes[Math.max(a, b)];
      }
    }

    boolean joined() {
      return IntStream.range(0, parents.length).anyMatch(i -> root(i) != i);
    }

    /** At least two items each. */
    List<List<Experience>> groups() {
      Map<Integer, List<Experience>> members = new LinkedHashMap<>();
      for (int i = 0; i < parents.length; i++) {
        members.computeIfAbsent(root(i), any -> new ArrayList<>()).add(items.get(i));
      }
      return members.values().stream().filter(each -> each.size() > 1).toList();
    }

    /** Those that have pairs, and were joined with nobody. */
    List<Experience> alone() {
      return IntStream.range(0, parents.length)
          .filter(i -> sizes[root(i)] == 1 && !nearest.get(i).isEmpty())
          .mapToObj(items::get)
          .toList();
    }
  }
}
