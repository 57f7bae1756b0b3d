package dev.hone.outcome;

import dev.hone.experience.Query;
import dev.hone.port.Utility;

/**
 * Ranks items by what they are worth, by Thompson sampling (Thompson 1933): for each conversation
 * an item's lift is drawn from what is thought of it ({@link Posterior}), and its score is
 * multiplied with {@code exp(weight · (lift − lift of a newcomer))}. Sampling, rather than the
 * highest mean or an upper bound, because outcomes come late: many conversations are ranked before
 * the next is known of any, and by a fixed rule they would all be ranked alike (Chapelle and Li
 * 2011, section 4). Drawn once per conversation and item, so that a conversation is told the same
 * again.
 *
 * <p>What is {@linkplain Belief doubted} is left out, but for some conversations.
 *
 * <p>An item of which no session was judged with and without it ranks by its score alone. A query
 * of no conversation, and one of an earlier state of the pool, draws nothing: it goes by the mean,
 * or by the score alone.
 */
public final class Worth implements Utility {

  private final Lifts lifts;
  private final Assignment assignment;
  private final double weight;

  /**
   * @param weight how much a lift moves an item, at least 0; 0 for not at all
   */
  public Worth(Lifts lifts, Assignment assignment, double weight) {
    this.lifts = lifts;
    this.assignment = assignment;
    this.weight = weight;
  }

  @Override
  public double factor(Query query, String experience, int version) {
    if (weight == 0 || query.sequence() != Query.HEAD) {
      return 1;
    }
    Lifts.Known known = lifts.of(query.space());
    Lift lift = known.items().get(new Lifts.Item(experience, version));
    if (lift == null || !lift.known()) {
      return 1;
    }
    Belief belief = Belief.of(lift, known.newcomer());
    double drawn =
        query.conversation().isEmpty()
            ? belief.posterior().mean()
            : belief.posterior().draw(lot("worth", query, experience));
    double lot = query.conversation().isEmpty() ? 1 : lot("trial", query, experience);
    return belief.leavesOut(drawn, lot) ? 0 : Math.exp(weight * (drawn - known.newcomer().mean()));
  }

  private double lot(String what, Query query, String experience) {
    return assignment.uniform(what, query.space(), query.conversation(), experience);
  }
}
