package dev.hone.frontend.distill;

import dev.hone.experience.Episode;
import dev.hone.port.Distiller;
import dev.hone.port.Effort;
import dev.hone.port.Spending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Distills as long as the day's processor time lasts, in each space by itself, and keeps account.
 * Days begin at midnight UTC.
 */
public final class BudgetedDistiller implements Distiller {

  private final Distiller distiller;
  private final Spending spending;
  private final Effort effort;
  private final InstantSource clock;
  private final Duration limit;

  /**
   * @param limit processor time per day and space; zero for no limit
   */
  public BudgetedDistiller(
      Distiller distiller, Spending spending, Effort effort, InstantSource clock, Duration limit) {
    this.distiller = distiller;
    this.spending = spending;
    this.effort = effort;
    this.clock = clock;
    this.limit = limit;
  }

  @Override
  public Distillation distill(Episode episode) {
    Instant now = clock.instant();
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (limit.isPositive()
        && spending.on(episode.space(), day).distilling().compareTo(limit) >= 0) {
      Instant tomorrow = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      return new Distillation.Waits(
          "the budget of "
              + limit.toMillis() / 1_000.0
              + " s of processor time a day is spent; learning goes on at "
              + tomorrow,
          Duration.between(now, tomorrow));
    }
    long start = effort.nanos();
    Distillation distillation = distiller.distill(episode);
    Duration used = Duration.ofNanos(Math.max(0, effort.nanos() - start));
    spending.add(episode.space(), day, Spending.Cost.distilling(used));
    return distillation;
  }
}
