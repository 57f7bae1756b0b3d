package dev.hone.http.exchange;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** All bodies together hold no more than their budget. */
class BodyBudgetTest {

  private final BodyBudget budget = new BodyBudget(100);

  @Test
  void whatIsTooMuchTogetherIsToldToComeAgain() {
    BodyBudget.Share one = budget.new Share();
    BodyBudget.Share other = budget.new Share();
    one.take(60);
    other.take(40);

    assertThatThrownBy(() -> other.take(1))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("hold too much memory together");
  }

  @Test
  void whatIsGivenBackCanBeTakenAgainAndNotTwice() {
    BodyBudget.Share one = budget.new Share();
    one.take(100);
    one.close();
    one.close();
    BodyBudget.Share other = budget.new Share();

    assertThatCode(() -> other.take(100)).doesNotThrowAnyException();
    assertThatThrownBy(() -> one.take(1)).isInstanceOf(Problem.class);
  }

  @Test
  void aRefusalTakesNothing() {
    BodyBudget.Share one = budget.new Share();
    assertThatThrownBy(() -> one.take(101)).isInstanceOf(Problem.class);

    assertThatCode(() -> one.take(100)).doesNotThrowAnyException();
  }
}
