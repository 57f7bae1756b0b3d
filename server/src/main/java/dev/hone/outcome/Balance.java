package dev.hone.outcome;

import dev.hone.port.Costs;
import dev.hone.port.Spending;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What experience cost a space and what it brought, over the whole time. Saved is what a session
 * that was held out costs on average, less what one costs that was shown experience, times the
 * sessions shown: what experience itself takes in prompts is in it already. All of sessions that
 * were drawn while some were held out, and whose tokens are known.
 *
 * @param spent what learning and searching cost
 * @param shown tokens of a session that was to be shown experience
 * @param heldOut tokens of a session that was held out
 * @param tokens saved; absent while either has fewer than two sessions
 * @param money saved; absent where prices are not told, too
 * @param gained outcomes gained: the lift times the judged sessions that were shown experience;
 *     absent while the lift is not known
 * @param net money saved, less what learning cost
 */
public record Balance(
    Spending.Cost spent,
    Costs.Sample shown,
    Costs.Sample heldOut,
    Optional<Estimate> tokens,
    Optional<Estimate> money,
    Optional<Estimate> gained,
    Optional<Estimate> net) {

  /**
   * Of a space.
   *
   * @param lift of its experience
   * @param level how often an interval may miss the truth, in (0, 1)
   */
  public static Balance of(Costs costs, String space, Prices prices, Lift lift, double level) {
    Costs.Sample shown = costs.sessions(space, true, Costs.Weights.TOKENS);
    Spending.Cost spent = costs.spent(space);
    OptionalDouble paid = prices.of(spent);
    Optional<Estimate> money =
        prices.told() ? saved(costs, space, prices.weights(), level) : Optional.empty();
    return new Balance(
        spent,
        shown,
        costs.sessions(space, false, Costs.Weights.TOKENS),
        saved(costs, space, Costs.Weights.TOKENS, level),
        money,
        lift.known()
            ? Optional.of(
                new Estimate(lift.estimate(), lift.low(), lift.high()).times(lift.shown()))
            : Optional.empty(),
        paid.isPresent() ? money.map(saved -> saved.less(paid.getAsDouble())) : Optional.empty());
  }

  private static Optional<Estimate> saved(
      Costs costs, String space, Costs.Weights weights, double level) {
    Costs.Sample shown = costs.sessions(space, true, weights);
    return Estimate.welch(costs.sessions(space, false, weights), shown, level)
        .map(each -> each.times(shown.size()));
  }
}
