package dev.hone.similarity;

/**
 * The parameters of BM25 (Robertson and Zaragoza 2009).
 *
 * @param k1 how fast repetition of a term saturates, at least 0
 * @param b how far long documents are discounted, in [0, 1]
 */
public record Bm25(double k1, double b) {

  public Bm25 {
    if (!(k1 >= 0)) {
      throw new IllegalArgumentException("k1 is at least 0, not " + k1);
    }
    if (!(b >= 0 && b <= 1)) {
      throw new IllegalArgumentException("b lies in [0, 1], not " + b);
    }
  }

  /** Saturated term frequency: {@code tf (k1 + 1) / (tf + k1 (1 - b + b length / average))}. */
  public double saturation(double frequency, double length, double average) {
    return frequency * (k1 + 1) / (frequency + k1 * (1 - b + b * length / average));
  }
}
