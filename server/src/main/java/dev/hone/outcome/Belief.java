package dev.hone.outcome;

/**
 * What is believed of an item long before anything is established. An item that is believed to cost
 * more than {@value #COST} of the outcome is <em>doubted</em>: most conversations are not shown it.
 * It is shown to those whose draw is kinder, and to one in ten of all by lot, so that it is judged
 * further: what is never shown could neither be acquitted nor convicted.
 *
 * @param lift what is known of it
 * @param posterior what to think of it
 */
public record Belief(Lift lift, Posterior posterior) {

  private static final double COST = 0.1;
  private static final double TRIED = 0.1;

  /** Trials of each arm without which nothing is doubted. */
  private static final int FEWEST = 2;

  /**
   * What is believed of an item.
   *
   * @param newcomer what is thought of an item of which nothing is known
   */
  public static Belief of(Lift lift, Posterior newcomer) {
    return new Belief(lift, newcomer.given(lift));
  }

  /** Whether it is better not shown. */
  public boolean doubted() {
    return posterior.mean() < -COST && Math.min(lift.shown(), lift.notShown()) >= FEWEST;
  }

  /**
   * Whether a conversation is not shown it.
   *
   * @param drawn a draw from what is thought of it, for this conversation
   * @param lot a number drawn uniformly from (0, 1), for this conversation and by itself
   */
  public boolean leavesOut(double drawn, double lot) {
    return doubted() && drawn < -COST && lot >= TRIED;
  }
}
