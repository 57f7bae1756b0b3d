package dev.hone.outcome;

/**
 * What is left of 1 that was bet on "the scores lie above {@code d} on average". Eight fixed bets
 * λ, each half the one before, share it as 1, 1/2, 1/3 …; what one of them makes of its share is
 *
 * <pre>∏ (1 + λ ψᵢ) · exp(−λ Σ dᵢ)</pre>
 *
 * <p>Where the conditional mean of ψᵢ is at most dᵢ, a factor has mean at most {@code (1 + λ dᵢ)
 * exp(−λ dᵢ) ≤ 1}: a test supermartingale, and so is the mixture; by Ville's inequality it ever
 * reaches {@code c} with probability at most {@code 1/c}. Only the sum of the dᵢ counts, so it
 * speaks of the mean so far also while the conditional means drift, which bets that change with
 * time do not.
 *
 * <p>Sources: Waudby-Smith and Ramdas 2024 (bets), Howard, Ramdas, McAuliffe and Sekhon 2021,
 * Theorem 4 (that only the sum counts; {@code 1 + λ ψ} stands here in place of their smaller {@code
 * exp(λ ψ − ψ_E(λ) ψ²)}).
 */
final class Capital {

  private static final int BETS = 8;
  private static final int HALVINGS = 50;

  private final double[] bets = new double[BETS];
  private final double[] logs = new double[BETS];

  /**
   * @param largest of the bets, above 0
   */
  Capital(double largest) {
    double shares = 0;
    for (int i = 0; i < BETS; i++) {
      bets[i] = Math.scalb(largest, -i);
      shares += 1.0 / (i + 1);
    }
    for (int i = 0; i < BETS; i++) {
      logs[i] = -Math.log((i + 1) * shares);
    }
  }

  /**
   * A score came. A bet that it could have ruined is given up for good, however it came.
   *
   * @param lowest how far below 0 it could have come, known before it came
   */
  void take(double score, double lowest) {
    for (int i = 0; i < BETS; i++) {
      logs[i] =
          bets[i] * lowest < 1 ? logs[i] + Math.log1p(bets[i] * score) : Double.NEGATIVE_INFINITY;
    }
  }

  /** The logarithm of the capital against scores of which the expected sum is {@code sum}. */
  double log(double sum) {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < BETS; i++) {
      most = Math.max(most, logs[i] - bets[i] * sum);
    }
    if (most == Double.NEGATIVE_INFINITY) {
      return most;
    }
    double rest = 0;
    for (int i = 0; i < BETS; i++) {
      rest += Math.exp(logs[i] - bets[i] * sum - most);
    }
    return most + Math.log(rest);
  }

  /** The sum in [low, high] at which the logarithm, which falls with it, comes to a threshold. */
  double crossing(double threshold, double low, double high) {
    double below = low;
    double above = high;
    if (log(below) <= threshold) {
      return below;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (below + above) / 2;
      if (log(middle) > threshold) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return below;
  }
}
