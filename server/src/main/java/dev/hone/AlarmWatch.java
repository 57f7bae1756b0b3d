package dev.hone;

import dev.hone.experience.Alarm;
import dev.hone.port.Spaces;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the alarms of all spaces from time to time: one line in the log when one is raised, and
 * a gauge, {@code hone_alarms}, of the spaces in which each is.
 */
final class AlarmWatch {

  private static final Logger LOG = LoggerFactory.getLogger(AlarmWatch.class);

  private record Raised(String space, Alarm.Kind kind) {}

  private final Function<String, List<Alarm>> alarms;
  private final Spaces spaces;
  private volatile Set<Raised> raised = Set.of();

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
}
