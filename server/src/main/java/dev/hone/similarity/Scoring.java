package dev.hone.similarity;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * BM25 by the exact formula over given statistics, for texts that are in no index: {@code Σ idf(t)
 * · saturation(tf)}.
 */
public final class Scoring {

  private final Analysis analysis;
  private final Background background;
  private final Statistics statistics;
  private final Bm25 bm25;

  public Scoring(Analysis analysis, Background background, Statistics statistics, Bm25 bm25) {
    this.analysis = analysis;
    this.background = background;
    this.statistics = statistics;
    this.bm25 = bm25;
  }

  /** The score of a text for a query, and the share of the query's idf mass that it matches. */
  public record Score(double value, double coverage) {}

  /** Scores a text for a query; function words of the query count only when it has no others. */
  public Score score(String query, String text) {
    Map<String, Double> weights = weights(text);
    double value = 0;
    double matched = 0;
    double mass = 0;
    for (String term : queried(query)) {
      double idf = statistics.idf(term);
      mass += idf;
      Double weight = weights.get(term);
      if (weight != null) {
        matched += idf;
        value += weight;
      }
    }
    return new Score(value, mass == 0 ? 0 : matched / mass);
  }

  /** The terms of a query that count. */
  Set<String> queried(String query) {
    Set<String> all = new HashSet<>(analysis.terms(query));
    Set<String> telling = new HashSet<>(all);
    telling.removeIf(background::common);
    return telling.isEmpty() ? all : telling;
  }

  /** What each term of a text adds to its score for a query that has the term. */
  Map<String, Double> weights(String text) {
    List<String> terms = analysis.terms(text);
    Map<String, Double> weights = new HashMap<>();
    terms.forEach(term -> weights.merge(term, 1.0, Double::sum));
    weights.replaceAll(
        (term, count) ->
            statistics.idf(term)
                * bm25.saturation(count, terms.size(), statistics.averageLength()));
    return weights;
  }
}
