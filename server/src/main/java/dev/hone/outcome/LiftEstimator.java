package dev.hone.outcome;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Estimates the {@link Lift} of one subject from trials, taken one by one in the order in which
 * their coins were thrown, or in any other that does not depend on how they fell. Not for several
 * threads at once.
 *
 * <p>A trial with outcome Y, coin T and probability e has the score
 *
 * <pre>ψ = (Y − m) (T/e − (1 − T)/(1 − e))</pre>
 *
 * of which the mean, given what came before, is the lift of this session, whatever m is if only it
 * was known before. With {@code m = (1 − e) m₁ + e m₀}, m₁ and m₀ the running means of the two
 * arms, it is the augmented inverse propensity score (Robins, Rotnitzky and Zhao 1994) and varies
 * least. The coins alone are what is random here: sessions may depend on those before, outcomes may
 * drift, and the probability may follow from what was seen (Howard et al. 2021, section 4.2;
 * Waudby-Smith et al. 2024, "Anytime-valid off-policy inference for contextual bandits").
 *
 * <p>The interval holds those d against which neither the {@link Capital} bet on ψ nor that bet on
 * −ψ has come to 2/level. It is a confidence sequence for the mean lift so far. Since that may
 * move, the intervals of earlier looks are not intersected with it.
 */
public final class LiftEstimator {

  private static final double POWER = 0.8;
  private static final double MOST = 700;
  private static final double QUANTILE =
      NormalDistribution.of(0, 1).inverseCumulativeProbability(POWER);

  private final double level;
  private final double threshold;
  private Capital up = new Capital(1);
  private Capital down = new Capital(1);
  private Arm shown = Arm.EMPTY;
  private Arm notShown = Arm.EMPTY;
  private double scores;
  private double shownWeight;
  private double notShownWeight;

  /**
   * @param level the probability that an interval may miss the truth at any look ever
   * @throws IllegalArgumentException if it is not in (0, 1)
   */
  public LiftEstimator(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("the level is " + level + ", not between 0 and 1");
    }
    this.level = level;
    this.threshold = Math.log(2 / level);
  }

  /** Takes one trial more. */
  public void add(Trial trial) {
    double e = trial.probability();
    if (trials() == 0) {
      up = new Capital(Math.min(e, 1 - e));
      down = new Capital(Math.min(e, 1 - e));
    }
    double m = baseline(e);
    double score = trial.shown() ? (trial.value() - m) / e : (m - trial.value()) / (1 - e);
    up.take(score, Math.max(m / e, (1 - m) / (1 - e)));
    down.take(-score, Math.max((1 - m) / e, m / (1 - e)));
    scores += score;
    shownWeight += 1 / e;
    notShownWeight += 1 / (1 - e);
    if (trial.shown()) {
      shown = shown.with(trial.value());
    } else {
      notShown = notShown.with(trial.value());
    }
  }

  private double baseline(double e) {
    double all = shown.and(notShown).mean(0.5);
    return (1 - e) * shown.mean(all) + e * notShown.mean(all);
  }

  private int trials() {
    return shown.size() + notShown.size();
  }

  /** Whether the interval leaves this lift out. */
  public boolean excludes(double lift) {
    double sum = trials() * lift;
    return up.log(sum) >= threshold || down.log(-sum) >= threshold;
  }

  /** The e-value against "the lift is 0 or more", as in {@link Lift#harm}. */
  public double harm() {
    return Math.exp(Math.min(MOST, down.log(0)));
  }

  /** The e-value against "the lift is 0 or less". */
  public double help() {
    return Math.exp(Math.min(MOST, up.log(0)));
  }

  /** What is known by now. */
  public Lift lift() {
    int trials = trials();
    double count = Math.max(1, trials);
    double low = trials == 0 ? -1 : up.crossing(threshold, -trials, trials) / count;
    double high = trials == 0 ? 1 : -down.crossing(threshold, -trials, trials) / count;
    double error = error(count);
    return new Lift(
        Math.clamp(scores / count, -1, 1),
        error,
        low,
        high,
        level,
        shown.size(),
        notShown.size(),
        (high - low) / 2 + QUANTILE * error,
        harm(),
        help());
  }

  /**
   * By what the scores of such coins vary if the arms vary as they did. Not by how the scores did:
   * of a rare arm that has not been seen yet these know nothing.
   */
  private double error(double count) {
    double variance = shown.variance() * shownWeight + notShown.variance() * notShownWeight;
    return trials() == 0 ? 1 : Math.min(1, Math.sqrt(variance) / count);
  }
}
