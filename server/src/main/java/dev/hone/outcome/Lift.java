package dev.hone.outcome;

/**
 * What showing something does: the mean outcome of sessions if it is shown, less that if it is not,
 * over the sessions so far. Everything here holds however often one looks and whenever one stops.
 *
 * @param estimate in [−1, 1]; to be read only if {@link #known}
 * @param error the standard error of the estimate, in (0, 1]
 * @param low the lower end of the interval, at least −1
 * @param high its upper end, at most 1
 * @param level the probability that the interval misses the truth at any look ever, in (0, 1)
 * @param shown trials in which it was shown
 * @param notShown trials in which it was not
 * @param detectable the smallest lift, of either sign, that so many trials would tell from 0 with
 *     probability 0.8: {@code (high − low)/2 + 0.842 error}, half the interval's width and the 0.8
 *     quantile of the estimate's error; above 1 when no lift could be told yet
 * @param harm an e-value against "the lift is 0 or more": it reaches {@code c} ever, if that is
 *     true, with probability at most {@code 1/c}; at most e^700
 * @param help an e-value against "the lift is 0 or less"
 */
public record Lift(
    double estimate,
    double error,
    double low,
    double high,
    double level,
    int shown,
    int notShown,
    double detectable,
    double harm,
    double help) {

  /** False while either arm has no trial: nothing can be compared yet. */
  public boolean known() {
    return shown > 0 && notShown > 0;
  }

  /** Whether 0 lies outside the interval: that it helps, or harms, is established. */
  public boolean differs() {
    return known() && (low > 0 || high < 0);
  }

  /** How many trials there were. */
  public int trials() {
    return shown + notShown;
  }
}
