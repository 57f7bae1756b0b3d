package dev.hone.similarity;

/**
 * A text as a unit vector over terms, rarest term first.
 *
 * <p>A weight is {@code √idf(t) · tf (k1 + 1) / (tf + k1 (1 - b + b |d| / avgdl))} before it is
 * scaled to unit length; so the similarity of two texts is the cosine of BM25-style weights:
 * symmetric, in [0, 1].
 */
public final class TermVector {

  private static final double ROUNDING = 1e-6;

  /** Ranks of the terms, ascending: the rarest has the lowest. */
  final int[] ranks;

  /** Weights, in the order of the ranks. */
  final float[] weights;

  TermVector(int[] ranks, float[] weights) {
    this.ranks = ranks;
    this.weights = weights;
  }

  /** Whether there is nothing to compare by. */
  public boolean isEmpty() {
    return ranks.length == 0;
  }

  /** The cosine of the two vectors, in [0, 1]; 0 when either is empty. */
  public double similarity(TermVector other) {
    double sum = 0;
    int i = 0;
    int j = 0;
    while (i < ranks.length && j < other.ranks.length) {
      int difference = Integer.compare(ranks[i], other.ranks[j]);
      if (difference == 0) {
        sum += (double) weights[i++] * other.weights[j++];
      } else if (difference < 0) {
        i++;
      } else {
        j++;
      }
    }
    return sum > 1 - ROUNDING ? 1 : sum;
  }

  /**
   * How many of the rarest terms suffice to find every text with at least this similarity: the
   * terms after them have a norm below the threshold, so two texts that share only those stay below
   * it (Cauchy and Schwarz).
   */
  int prefix(double threshold) {
    double suffix = 0;
    int length = ranks.length;
    double bound = (threshold - ROUNDING) * (threshold - ROUNDING);
    while (length > 0) {
      float weight = weights[length - 1];
      suffix += (double) weight * weight;
      if (suffix >= bound) {
        return length;
      }
      length--;
    }
    return 0;
  }
}
