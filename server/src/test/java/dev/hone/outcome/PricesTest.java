package dev.hone.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.port.Costs.Tokens;
import dev.hone.port.Spending.Cost;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What tokens cost, where prices are told. */
class PricesTest {

  private static final Prices UNTOLD = new Prices(0, 0, 0, 0);
  private static final Tokens USED = new Tokens(1_000_000, 400_000, 200_000);

  @Test
  void whatIsCachedCostsItsOwnPrice() {
    assertThat(new Prices(10, 1, 40, 0).of(USED).orElseThrow())
        .isCloseTo(6 + 0.4 + 8, within(1e-9));
  }

  @Test
  void whatIsCachedCostsAsTheRestWhereNothingElseIsTold() {
    assertThat(new Prices(10, 0, 40, 0).of(USED).orElseThrow()).isCloseTo(10 + 8, within(1e-9));
  }

  @Test
  void withoutPricesNothingIsSaid() {
    assertThat(UNTOLD.of(USED)).isEmpty();
    assertThat(UNTOLD.injected(5)).isEmpty();
    assertThat(UNTOLD.of(Cost.call(5))).isEmpty();
    assertThat(UNTOLD.of(Cost.NONE)).isEmpty();
  }

  @Test
  void learningThatTookNoTokensCostsNothingAndAnyOtherItsPrice() {
    Prices prices = new Prices(10, 0, 40, 0);

    assertThat(prices.of(Cost.distilling(Duration.ofHours(1)))).hasValue(0);
    assertThat(prices.of(Cost.call(5))).isEmpty();
    assertThat(new Prices(0, 0, 0, 2).of(Cost.call(500_000)).orElseThrow())
        .isCloseTo(1, within(1e-9));
    assertThat(prices.injected(100_000).orElseThrow()).isCloseTo(1, within(1e-9));
  }
}
