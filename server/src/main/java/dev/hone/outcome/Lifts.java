package dev.hone.outcome;

import dev.hone.port.ClosedSessions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What experience does to outcomes, per space, type and item: sessions that are over, added up as
 * they were closed.
 *
 * <p>A space and a type are judged by sessions that found something, held out against not. An item
 * is judged by sessions that found it and were not held out, dropped against shown: what else they
 * were shown is drawn independently of it, and so is alike in both.
 */
public final class Lifts {

  private static final int AT_ONCE = 1_000;

  private final ClosedSessions sessions;
  private final UnaryOperator<String> metric;
  private final double level;
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  /**
   * @param metric the one that counts, of a space
   * @param level the probability that an interval ever misses the truth, in (0, 1)
   */
  public Lifts(ClosedSessions sessions, UnaryOperator<String> metric, double level) {
    this.sessions = sessions;
    this.metric = metric;
    this.level = level;
  }

  /** A version of an item. */
  public record Item(String experience, int version) {}

  /**
   * Sessions of one arm.
   *
   * @param sessions that are over
   * @param judged those of them with an outcome
   * @param mean outcome of these, in [0, 1]; 0 when there are none
   */
  public record Arm(int sessions, int judged, double mean) {}

  /**
   * What is known of a space.
   *
   * @param metric by which
   * @param shown sessions that were to be shown what they found
   * @param heldOut sessions that were held out
   * @param space the lift of all its experience
   * @param missing whether outcomes are missing more often in sessions shown experience, as a lift
   *     of being missing: while it {@linkplain Lift#differs differs}, the others mislead
   * @param types the lift of the experience of each type
   * @param items the lift of each version of an item that was found
   * @param newcomer what to think of an item of which nothing is known
   */
  public record Known(
      String metric,
      Arm shown,
      Arm heldOut,
      Lift space,
      Lift missing,
      Map<String, Lift> types,
      Map<Item, Lift> items,
      Posterior newcomer) {
    public Known {
      types = Map.copyOf(types);
      items = Map.copyOf(items);
    }

    /** The lift of a version of an item; unknown where it was never found. */
    public Lift of(Item item) {
      Lift lift = items.get(item);
      return lift == null ? new LiftEstimator(space.level()).lift() : lift;
    }

    /** Whether a version of an item is {@linkplain Belief#doubted doubted}. */
    public boolean doubted(Item item) {
      return Belief.of(of(item), newcomer).doubted();
    }
  }

  /** Adds up sessions by one metric. */
  private final class Held {
    private final String metric;
    private final LiftEstimator space = new LiftEstimator(level);
    private final LiftEstimator missing = new LiftEstimator(level);
    private final Map<String, LiftEstimator> types = new HashMap<>();
    private final Map<Item, LiftEstimator> items = new HashMap<>();
    private final Map<Item, Lift> itemLifts = new HashMap<>();
    private final Set<Item> touched = new HashSet<>();
    private final Tally shown = new Tally();
    private final Tally heldOut = new Tally();
    private long sequence;
    private volatile Known known;

    Held(String metric) {
      this.metric = metric;
      this.known = told();
    }

    /** Takes what was closed since it last did. */
    synchronized Known upToDate(String name) {
      List<ClosedSessions.Closed> next;
      boolean any = false;
      do {
        next = sessions.closed(name, metric, sequence, AT_ONCE);
        next.forEach(this::take);
        any |= !next.isEmpty();
      } while (next.size() == AT_ONCE);
      if (any) {
        known = told();
      }
      return known;
    }

    private void take(ClosedSessions.Closed session) {
      sequence = session.sequence();
      (session.shown() ? shown : heldOut).take(session.value());
      double probability = 1 - session.holdout();
      boolean drawn = probability < 1;
      if (drawn) {
        missing.add(Trial.ofMissing(session.shown(), probability, session.value() == null));
      }
      Double value = session.value();
      if (value == null) {
        return;
      }
      if (drawn) {
        Trial trial = new Trial(session.shown(), probability, value);
        space.add(trial);
        if (session.type() != null) {
          of(types, session.type()).add(trial);
        }
      }
      for (ClosedSessions.Found found : session.items()) {
        if (found.probability() < 1) {
          Item item = new Item(found.experience(), found.version());
          of(items, item).add(new Trial(found.shown(), found.probability(), value));
          touched.add(item);
        }
      }
    }

    private <K> LiftEstimator of(Map<K, LiftEstimator> all, K key) {
      return all.computeIfAbsent(key, any -> new LiftEstimator(level));
    }

    private Known told() {
      touched.forEach(item -> itemLifts.put(item, of(items, item).lift()));
      touched.clear();
      Map<String, Lift> typeLifts = new HashMap<>();
      types.forEach((type, estimator) -> typeLifts.put(type, estimator.lift()));
      return new Known(
          metric,
          shown.arm(),
          heldOut.arm(),
          space.lift(),
          missing.lift(),
          typeLifts,
          itemLifts,
          Posterior.among(itemLifts.values()));
    }
  }

  private static final class Tally {
    private int sessions;
    private int judged;
    private double sum;

    void take(@Nullable Double value) {
      sessions++;
      if (value != null) {
        judged++;
        sum += value;
      }
    }

    Arm arm() {
      return new Arm(sessions, judged, judged == 0 ? 0 : sum / judged);
    }
  }

  private Held held(String space) {
    return held.computeIfAbsent(space, any -> new Held(metric.apply(space)));
  }

  /** What is known of a space by the metric that counts, as of the last refreshment. */
  public Known of(String space) {
    return held(space).known;
  }

  /** Takes what was closed since the last time. */
  public Known refresh(String space) {
    return held(space).upToDate(space);
  }

  /** What is known of a space by any metric, added up anew. */
  public Known by(String space, String other) {
    return other.equals(metric.apply(space)) ? refresh(space) : new Held(other).upToDate(space);
  }

  /** The metrics by which sessions of a space were judged, with how many sessions were. */
  public Map<String, Integer> metrics(String space) {
    return sessions.metrics(space);
  }

  /** Sessions were taken out, or put back: they are added up anew. */
  public void recount(String space) {
    Held anew = new Held(metric.apply(space));
    anew.upToDate(space);
    held.put(space, anew);
  }
}
