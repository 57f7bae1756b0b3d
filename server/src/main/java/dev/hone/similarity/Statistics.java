package dev.hone.similarity;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Term statistics of one pool, frozen for an epoch: within it the similarity of two texts never
 * moves. A new epoch begins when the pool has doubled.
 */
public final class Statistics {

  private static final double TYPICAL_LENGTH = 20;

  private final Background background;
  private final Map<String, Integer> frequencies;
  private final int documents;
  private final double averageLength;

  private Statistics(
      Background background,
      Map<String, Integer> frequencies,
      int documents,
      double averageLength) {
    this.background = background;
    this.frequencies = Map.copyOf(frequencies);
    this.documents = documents;
    this.averageLength = averageLength;
  }

  /** Statistics of these documents, each given by its terms. */
  public static Statistics of(Background background, Collection<List<String>> documents) {
    Map<String, Integer> frequencies = new HashMap<>();
    long length = 0;
    for (List<String> terms : documents) {
      length += terms.size();
      for (String term : new HashSet<>(terms)) {
        frequencies.merge(term, 1, Integer::sum);
      }
    }
    double priorLength = TYPICAL_LENGTH * Background.WEIGHT;
    double average = (length + priorLength) / (documents.size() + Background.WEIGHT);
    return new Statistics(background, frequencies, documents.size(), average);
  }

  /** Inverse document frequency, background included. */
  public double idf(String term) {
    return background.idf(term, frequencies.getOrDefault(term, 0), documents);
  }

  /** Documents counted. */
  public int documents() {
    return documents;
  }

  /** Mean length in terms, background included. */
  public double averageLength() {
    return averageLength;
  }

  /** The terms counted. */
  Collection<String> terms() {
    return frequencies.keySet();
  }
}
