package dev.hone.frontend.distill;

import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.episode;
import static dev.hone.testing.Samples.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Episode;
import dev.hone.port.Distiller.Distillation;
import dev.hone.port.Effort;
import dev.hone.port.Spending;
import dev.hone.testing.FakeSpending;
import dev.hone.testing.Samples;
import dev.hone.testing.SettableClock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Distilling stops for the day when its processor time is spent. */
class BudgetedDistillerTest {

  private static final LocalDate TODAY = LocalDate.ofInstant(Samples.START, ZoneOffset.UTC);
  private static final Episode EPISODE = episode(interaction("i", "How many legs?", "Six."));
  private static final Distillation DONE = new Distillation.Nothing("dull");

  private static final Effort EFFORT = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;

  private final SettableClock clock = new SettableClock();
  private final FakeSpending spending = new FakeSpending();

  private BudgetedDistiller budgeted(Duration limit) {
    return new BudgetedDistiller(episode -> DONE, spending, EFFORT, clock, limit);
  }

  @Test
  void itWaitsForTheNextDay() {
    clock.advance(Duration.ofHours(23));
    spending.add(SPACE, TODAY, Spending.Cost.distilling(Duration.ofSeconds(5)));

    assertThat(budgeted(Duration.ofSeconds(5)).distill(EPISODE))
        .isEqualTo(
            new Distillation.Waits(
                "the budget of 5.0 s of processor time a day is spent; learning goes on at"
                    + " 2026-01-02T00:00:00Z",
                Duration.ofHours(1)));
    assertThat(budgeted(Duration.ofSeconds(6)).distill(EPISODE)).isEqualTo(DONE);
    clock.advance(Duration.ofHours(1));
    assertThat(budgeted(Duration.ofSeconds(5)).distill(EPISODE)).isEqualTo(DONE);
  }

  @Test
  void withoutALimitItGoesOn() {
    spending.add(SPACE, TODAY, Spending.Cost.distilling(Duration.ofDays(1)));

    assertThat(budgeted(Duration.ZERO).distill(EPISODE)).isEqualTo(DONE);
  }

  @Test
  void whatItCostsIsCharged() {
    BudgetedDistiller distiller =
        new BudgetedDistiller(
            episode -> {
              busy();
              return DONE;
            },
            spending,
            EFFORT,
            clock,
            Duration.ZERO);

    distiller.distill(EPISODE);

    assertThat(spending.on(SPACE, TODAY).distilling()).isGreaterThan(Duration.ofMillis(100));
    assertThat(spending.on(SPACE, TODAY).calls()).isZero();
  }

  /** Works for 150 ms of this thread's processor time. */
  private static void busy() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long end = threads.getCurrentThreadCpuTime() + Duration.ofMillis(150).toNanos();
    while (threads.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
  }
}
