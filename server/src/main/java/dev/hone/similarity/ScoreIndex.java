package dev.hone.similarity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Some texts, of which every one can be found, exactly, whose {@linkplain Scoring BM25 score} for a
 * query is at or above a threshold: term at a time over inverted lists.
 */
public final class ScoreIndex {

  private record Posting(int text, double weight) {}

  private final Scoring scoring;
  private final Map<String, List<Posting>> postings = new HashMap<>();
  private final int size;

  public ScoreIndex(Scoring scoring, List<String> texts) {
    this.scoring = scoring;
    this.size = texts.size();
    for (int i = 0; i < size; i++) {
      int text = i;
      scoring
          .weights(texts.get(i))
          .forEach(
              (term, weight) ->
                  postings
                      .computeIfAbsent(term, any -> new ArrayList<>())
                      .add(new Posting(text, weight)));
    }
  }

  /** The texts that score at least this much for a query, by their places, in order. */
  public List<Integer> atLeast(String query, double least) {
    double[] scores = new double[size];
    for (String term : scoring.queried(query)) {
      for (Posting posting : postings.getOrDefault(term, List.of())) {
        scores[posting.text] += posting.weight;
      }
    }
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (scores[i] >= least) {
        found.add(i);
      }
    }
    return found;
  }
}
