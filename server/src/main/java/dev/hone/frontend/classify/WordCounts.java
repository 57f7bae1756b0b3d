package dev.hone.frontend.classify;

import dev.hone.experience.Routing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each word occurs in each type, as logarithms of probabilities: what a word says for a
 * type is looked up, not computed.
 */
final class WordCounts {

  /** How often a word counts that a type never had (Lidstone's rule). */
  private static final double UNSEEN = 0.1;

  private final long sequence;
  private final List<String> types;
  private final Map<String, float[]> logs;

  private WordCounts(long sequence, List<String> types, Map<String, float[]> logs) {
    this.sequence = sequence;
    this.types = types;
    this.logs = logs;
  }

  /**
   * Word counts by type.
   *
   * @param sequence the commit of the pool that they were counted at
   */
  static WordCounts of(long sequence, Map<String, Map<String, Integer>> counts) {
    List<String> types = List.copyOf(counts.keySet());
    Map<String, float[]> logs = new HashMap<>();
    counts.values().forEach(words -> words.keySet().forEach(word -> logs.put(word, new float[0])));
    double[] totals = new double[types.size()];
    for (int i = 0; i < totals.length; i++) {
      totals[i] =
          counts.getOrDefault(types.get(i), Map.of()).values().stream().mapToInt(n -> n).sum()
              + UNSEEN * logs.size();
    }
    logs.replaceAll(
        (word, none) -> {
          float[] says = new float[totals.length];
          for (int i = 0; i < says.length; i++) {
            int count = counts.getOrDefault(types.get(i), Map.of()).getOrDefault(word, 0);
            says[i] = (float) Math.log((count + UNSEEN) / totals[i]);
          }
          return says;
        });
    return new WordCounts(sequence, types, logs);
  }

  long sequence() {
    return sequence;
  }

  boolean knowsAnyOf(Collection<String> words) {
    return words.stream().anyMatch(logs::containsKey);
  }

  /** All types, likeliest first; by name where equally likely. */
  List<Routing.Likely> likely(Collection<String> words) {
    double[] sums = new double[types.size()];
    int known = 0;
    for (String word : words) {
      float[] says = logs.get(word);
      if (says != null) {
        known++;
        for (int i = 0; i < sums.length; i++) {
          sums[i] += says[i];
        }
      }
    }
    double tempering = Math.sqrt(Math.max(1, known));
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= tempering;
      highest = Math.max(highest, sums[i]);
    }
    double total = 0;
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.exp(sums[i] - highest);
      total += sums[i];
    }
    List<Routing.Likely> likely = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      likely.add(new Routing.Likely(types.get(i), sums[i] / total));
    }
    likely.sort(
        Comparator.comparingDouble(Routing.Likely::probability)
            .reversed()
            .thenComparing(Routing.Likely::type));
    return likely;
  }
}
