package dev.hone;

import dev.hone.port.Retention;
import dev.hone.port.Retention.Limits;
import dev.hone.port.Retention.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the journal within its limits while nothing else is to be done. For one thread. */
final class Pruning {

  private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);

  /** How long after nothing was left to do it is looked for again. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Retention retention;
  private final Limits limits;
  private final Meters meters;
  private final InstantSource clock;
  private Instant next = Instant.MIN;

  Pruning(Retention retention, Limits limits, Meters meters, InstantSource clock) {
    this.retention = retention;
    this.limits = limits;
    this.meters = meters;
    this.clock = clock;
  }

  /** Lets go of what is over the limits, step by step, as long as it may go on. */
  void run(BooleanSupplier mayGoOn) {
    int unlearned = 0;
    while (mayGoOn.getAsBoolean() && !clock.instant().isBefore(next)) {
      Step step = retention.step(limits, clock.instant());
      meters.pruned(step.learned(), step.unlearned());
      unlearned += step.unlearned();
      if (step.idle()) {
        next = clock.instant().plus(PAUSE);
      }
    }
    if (unlearned > 0) {
      LOG.warn(
          "the database is more than {} times as large as capture.size allows: {} interactions were"
              + " let go before they were learned from; allow more, or let learning catch up",
          Limits.HARD,
          unlearned);
    }
  }
}
