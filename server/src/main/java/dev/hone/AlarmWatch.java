package dev.hone;

import dev.hone.experience.Alarm;
import dev.hone.port.Spaces;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the alarms of all spaces from time to time: one line in the log when one is raised, and
 * a gauge, {@code hone_alarms}, of the spaces in which each is.
 */
final class AlarmWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AlarmWatch.class);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private record Raised(String space, Alarm.Kind kind) {}

  private final Function<String, List<Alarm>> alarms;
  private final Spaces spaces;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Set<Raised> raised = Set.of();
  private @Nullable Thread thread;

  AlarmWatch(Function<String, List<Alarm>> alarms, Spaces spaces, MeterRegistry registry) {
    this.alarms = alarms;
    this.spaces = spaces;
    for (Alarm.Kind kind : Alarm.Kind.values()) {
      Gauge.builder("hone_alarms", this, watch -> watch.raised(kind))
          .tag("kind", kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .register(registry);
    }
  }

  private long raised(Alarm.Kind kind) {
    return raised.stream().filter(each -> each.kind == kind).count();
  }

  /**
   * Begins to look.
   *
   * @param every how often; never when zero
   */
  void start(Duration every) {
    if (every.isPositive()) {
      thread = Thread.ofVirtual().name("hone-alarms").start(() -> watch(every));
    }
  }

  private void watch(Duration every) {
    try {
      while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          look();
        } catch (RuntimeException e) {
          LOG.error("the alarms could not be looked at; it is tried again", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks once. */
  void look() {
    Set<Raised> now = new HashSet<>();
    for (Spaces.Space space : spaces.list()) {
      for (Alarm alarm : alarms.apply(space.name())) {
        Raised each = new Raised(space.name(), alarm.kind());
        if (alarm.status() == Alarm.Status.RAISED) {
          now.add(each);
          if (!raised.contains(each)) {
            LOG.warn(
                "alarm in space {}: {}: {}. {}",
                space.name(),
                alarm.kind(),
                alarm.statement(),
                alarm.advice());
          }
        } else if (raised.contains(each)) {
          LOG.info("alarm in space {} is over: {}", space.name(), alarm.kind());
        }
      }
    }
    raised = Set.copyOf(now);
  }

  /** Ends the look at hand. */
  @Override
  public void close() {
    closed.countDown();
    if (thread != null) {
      try {
        thread.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
