package dev.hone.similarity;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns texts into {@linkplain TermVector vectors} that can be compared with one another: all of
 * one statistics epoch, under one fixed order of terms, rarest first. Terms unknown to the epoch
 * are rarer than all known ones.
 */
public final class Vectors {

  private final Analysis analysis;
  private final Statistics statistics;
  private final Bm25 bm25;
  private final Map<String, Integer> ranks = new HashMap<>();
  private int unknown;

  public Vectors(Analysis analysis, Statistics statistics, Bm25 bm25) {
    this.analysis = analysis;
    this.statistics = statistics;
    this.bm25 = bm25;
    String[] terms = statistics.terms().toArray(String[]::new);
    Map<String, Double> idf = new HashMap<>();
    for (String term : terms) {
      idf.put(term, statistics.idf(term));
    }
    Arrays.sort(
        terms,
        Comparator.<String>comparingDouble(term -> -idf.getOrDefault(term, 0.0))
            .thenComparing(Comparator.naturalOrder()));
    for (int rank = 0; rank < terms.length; rank++) {
      ranks.put(terms[rank], rank);
    }
  }

  public Statistics statistics() {
    return statistics;
  }

  /** The vector of a text. */
  public TermVector of(String text) {
    List<String> terms = analysis.terms(text);
    Map<String, Integer> counts = new HashMap<>();
    terms.forEach(term -> counts.merge(term, 1, Integer::sum));
    Map<Integer, Double> weights = new HashMap<>();
    counts.forEach(
        (term, count) ->
            weights.put(
                rank(term),
                Math.sqrt(statistics.idf(term))
                    * bm25.saturation(count, terms.size(), statistics.averageLength())));
    double norm = Math.sqrt(weights.values().stream().mapToDouble(w -> w * w).sum());
    int[] order = weights.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    float[] scaled = new float[order.length];
    for (int i = 0; i < order.length; i++) {
      scaled[i] = (float) (weights.getOrDefault(order[i], 0.0) / norm);
    }
    return new TermVector(order, scaled);
  }

  private synchronized int rank(String term) {
    Integer known = ranks.get(term);
    if (known != null) {
      return known;
    }
    unknown++;
    ranks.put(term, -unknown);
    return -unknown;
  }
}
