package dev.hone.backend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.port.Spending;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Spending} does. */
public abstract class SpendingContract {

  private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);

  protected abstract Spending spending();

  @Test
  void whatWasNeverSpentIsNothing() {
    assertThat(spending().on("main", MONDAY)).isEqualTo(Spending.Cost.NONE);
  }

  @Test
  void costsAddUp() {
    spending().add("main", MONDAY, Spending.Cost.call(30));
    spending().add("main", MONDAY, Spending.Cost.call(12));
    spending().add("main", MONDAY, Spending.Cost.distilling(Duration.ofMillis(250)));
    spending().add("main", MONDAY, Spending.Cost.keeping(Duration.ofMillis(40)));
    spending().add("main", MONDAY, Spending.Cost.searching(Duration.ofMillis(7)));
    spending().add("main", MONDAY, Spending.Cost.searching(Duration.ofMillis(3)));

    assertThat(spending().on("main", MONDAY))
        .isEqualTo(
            new Spending.Cost(
                2, 42, Duration.ofMillis(250), Duration.ofMillis(40), Duration.ofMillis(10)));
  }

  @Test
  void shortTimesDoNotVanish() {
    for (int i = 0; i < 10; i++) {
      spending().add("main", MONDAY, Spending.Cost.searching(Duration.ofNanos(1_700_000)));
    }

    assertThat(spending().on("main", MONDAY).searching())
        .isBetween(Duration.ofMillis(15), Duration.ofMillis(20));
  }

  @Test
  void everyDayBeginsAnew() {
    spending().add("main", MONDAY, Spending.Cost.call(30));
    spending().add("main", MONDAY.plusDays(1), Spending.Cost.call(5));

    assertThat(spending().on("main", MONDAY).tokens()).isEqualTo(30);
    assertThat(spending().on("main", MONDAY.plusDays(1)).tokens()).isEqualTo(5);
    assertThat(spending().on("main", MONDAY.plusDays(2))).isEqualTo(Spending.Cost.NONE);
  }

  @Test
  void eachSpaceHasItsOwnAccount() {
    spending().add("main", MONDAY, Spending.Cost.call(30));

    assertThat(spending().on("other", MONDAY)).isEqualTo(Spending.Cost.NONE);
  }
}
