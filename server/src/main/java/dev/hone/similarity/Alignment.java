package dev.hone.similarity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two wordings along their longest common subsequence.
 *
 * @param gaps what stands between the words of that subsequence, in order; none is empty on both
 *     sides
 * @param ordered whether all the words that both have belong to it: so they stand in one order
 */
record Alignment(List<Gap> gaps, boolean ordered) {

  /** Words that only one of the two has at a place. */
  record Gap(List<String> ones, List<String> others) {}

  /** All words that only the one has. */
  List<String> ones() {
    return gaps.stream().flatMap(gap -> gap.ones.stream()).toList();
  }

  /** All words that only the other has. */
  List<String> others() {
    return gaps.stream().flatMap(gap -> gap.others.stream()).toList();
  }

  static Alignment of(List<String> one, List<String> other) {
    int[][] longest = longest(one, other);
    List<Gap> gaps = new ArrayList<>();
    int i = 0;
    int j = 0;
    int fromI = 0;
    int fromJ = 0;
    while (i < one.size() && j < other.size()) {
      if (one.get(i).equals(other.get(j))) {
        add(gaps, one.subList(fromI, i), other.subList(fromJ, j));
        fromI = ++i;
        fromJ = ++j;
      } else if (longest[i + 1][j] >= longest[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    add(gaps, one.subList(fromI, one.size()), other.subList(fromJ, other.size()));
    return new Alignment(gaps, longest[0][0] == common(one, other));
  }

  private static void add(List<Gap> gaps, List<String> ones, List<String> others) {
    if (!ones.isEmpty() || !others.isEmpty()) {
      gaps.add(new Gap(List.copyOf(ones), List.copyOf(others)));
    }
  }

  /** Of the ends of both, from i and j on, the length of the longest common subsequence. */
  private static int[][] longest(List<String> one, List<String> other) {
    int[][] longest = new int[one.size() + 1][other.size() + 1];
    for (int i = one.size() - 1; i >= 0; i--) {
      for (int j = other.size() - 1; j >= 0; j--) {
        longest[i][j] =
            one.get(i).equals(other.get(j))
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    return longest;
  }

  /** How many words both have, repetitions counted. */
  private static int common(List<String> one, List<String> other) {
    Map<String, Integer> counts = new HashMap<>();
    one.forEach(word -> counts.merge(word, 1, Integer::sum));
    return (int) other.stream().filter(word -> counts.merge(word, -1, Integer::sum) >= 0).count();
  }
}
