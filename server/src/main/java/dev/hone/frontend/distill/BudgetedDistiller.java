package dev.hone.frontend.distill;

import dev.hone.experience.Episode;
import dev.hone.port.Distiller;
import dev.hone.port.Spending;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Distills as long as the day's processor time lasts, in each space by itself, and keeps account.
 * The account is written when a tenth of a second has come together, so that it costs less than
 * what it counts; so much may be forgotten when the process ends. Days begin at midnight UTC.
 */
public final class BudgetedDistiller implements Distiller {

  private static final Duration WRITTEN_FROM = Duration.ofMillis(100);

  private final Distiller distiller;
  private final Spending spending;
  private final InstantSource clock;
  private final Duration limit;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Duration> unwritten = new HashMap<>();

  /**
   * @param limit processor time per day and space; zero for no limit
   */
  public BudgetedDistiller(
      Distiller distiller, Spending spending, InstantSource clock, Duration limit) {
    this.distiller = distiller;
    this.spending = spending;
    this.clock = clock;
    this.limit = limit;
  }

  @Override
  public Distillation distill(Episode episode) {
    Instant now = clock.instant();
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (limit.isPositive() && spending.on(episode.space(), day).cpu().compareTo(limit) >= 0) {
      Instant tomorrow = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      return new Distillation.Waits(
          "the budget of "
              + limit.toMillis() / 1_000.0
              + " s of processor time a day is spent; learning goes on at "
              + tomorrow,
          Duration.between(now, tomorrow));
    }
    long start = time();
    Distillation distillation = distiller.distill(episode);
    charge(episode.space(), day, Duration.ofNanos(Math.max(0, time() - start)));
    return distillation;
  }

  /** Of this thread; the time that passes where that is not measured, as on virtual threads. */
  private long time() {
    long used = threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : -1;
    return used < 0 ? System.nanoTime() : used;
  }

  private void charge(String space, LocalDate day, Duration used) {
    Duration due;
    lock.lock();
    try {
      due = unwritten.merge(space, used, Duration::plus);
      if (due.compareTo(WRITTEN_FROM) >= 0) {
        unwritten.remove(space);
      }
    } finally {
      lock.unlock();
    }
    if (due.compareTo(WRITTEN_FROM) >= 0) {
      spending.add(space, day, Spending.Cost.cpu(due));
    }
  }
}
