package dev.hone.lab.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is left of a budget. */
class AccountTest {

  private final AtomicLong nanos = new AtomicLong(5);

  private Account account(long tokens, Duration time) {
    return new Account(new Budget(1, 1, tokens, time), nanos::get);
  }

  @Test
  void tokensAreUsedUpWhenTheyAreSpent() {
    Account account = account(100, Duration.ZERO);
    account.spend(99);
    assertThat(account.exhausted()).isEmpty();
    account.spend(3);
    assertThat(account.exhausted()).contains("102 of 100 tokens are used");
  }

  @Test
  void timeIsUsedUpWhenItIsOver() {
    Account account = account(0, Duration.ofSeconds(2));
    nanos.addAndGet(1_999_999_999);
    assertThat(account.exhausted()).isEmpty();
    nanos.addAndGet(1);
    assertThat(account.exhausted()).contains("the 2 seconds are over");
  }

  @Test
  void zeroIsNoLimit() {
    Account account = account(0, Duration.ZERO);
    account.spend(Long.MAX_VALUE / 2);
    nanos.set(Long.MAX_VALUE / 2);
    assertThat(account.exhausted()).isEmpty();
  }

  @Test
  void aBudgetAllowsSomething() {
    assertThatThrownBy(() -> new Budget(0, 1, 0, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
