package dev.hone.outcome;

import dev.hone.port.Costs;
import dev.hone.port.Spending;
import java.util.OptionalDouble;

/**
 * What a million tokens cost, in the operator's currency; 0 where that is not told.
 *
 * @param prompt of prompts
 * @param cached of prompts, as far as the provider had them cached; 0 for the price of prompts
 * @param answer of answers
 * @param learning of the learning model
 */
public record Prices(double prompt, double cached, double answer, double learning) {

  private static final double MILLION = 1e6;

  /** Whether it is told what answering costs: prompts as well as answers. */
  public boolean told() {
    return prompt > 0 && answer > 0;
  }

  /** What each token costs that a model counts. */
  Costs.Weights weights() {
    return new Costs.Weights(
        prompt / MILLION, (cached > 0 ? cached : prompt) / MILLION, answer / MILLION);
  }

  /** What these tokens cost; absent where the prices are not told. */
  public OptionalDouble of(Costs.Tokens tokens) {
    Costs.Weights each = weights();
    return told()
        ? OptionalDouble.of(
            (tokens.prompt() - tokens.cached()) * each.prompt()
                + tokens.cached() * each.cached()
                + tokens.answer() * each.answer())
        : OptionalDouble.empty();
  }

  /** What tokens put into prompts cost where none of them is cached; absent where not told. */
  public OptionalDouble injected(long tokens) {
    return prompt > 0 ? OptionalDouble.of(tokens * prompt / MILLION) : OptionalDouble.empty();
  }

  /** What learning cost; nothing where it took no tokens. Absent where prices are not told. */
  public OptionalDouble of(Spending.Cost cost) {
    return learning > 0 || (cost.tokens() == 0 && told())
        ? OptionalDouble.of(cost.tokens() * learning / MILLION)
        : OptionalDouble.empty();
  }
}
