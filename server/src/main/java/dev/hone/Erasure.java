package dev.hone;

import dev.hone.experience.Selection;
import dev.hone.port.Backend;
import dev.hone.port.Forgetting;
import dev.hone.port.Forgetting.Entry;
import dev.hone.port.Forgetting.Plan;
import dev.hone.port.Forgetting.Result;
import dev.hone.port.Ids;
import dev.hone.port.Projection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The path of forgetting: plan → carry out → (undo, while the window is open) → destroy → write the
 * index and the database anew. Plans are kept in memory for an hour, or until something of their
 * space is forgotten: what was asked is written nowhere. What is due is destroyed by a thread of
 * its own, whatever the load, also after a restart.
 */
public final class Erasure implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final Duration AGAIN = Duration.ofSeconds(10);
  private static final int MOST_PLANS = 1_000;

  /**
   * A plan that was told to somebody.
   *
   * @param author who asked
   */
  public record Planned(
      String id, String space, Selection selection, String author, Instant at, Plan plan) {}

  private final Forgetting forgetting;
  private final Backend backend;
  private final Projection projection;
  private final Consumer<String> changed;
  private final Ids ids;
  private final InstantSource clock;
  private final Duration window;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wakened = lock.newCondition();
  private final ReentrantLock destroying = new ReentrantLock();
  private final Map<String, Planned> plans = new LinkedHashMap<>();
  private final Thread thread;
  private boolean woken;
  private volatile boolean closed;

  /**
   * @param changed told of a space of which something was forgotten, or came back: what is kept of
   *     it in memory is to be made anew
   * @param window how long a forgetting can be undone; zero destroys at once
   */
  public Erasure(
      Forgetting forgetting,
      Backend backend,
      Projection projection,
      Consumer<String> changed,
      Ids ids,
      InstantSource clock,
      Duration window) {
    this.forgetting = forgetting;
    this.backend = backend;
    this.projection = projection;
    this.changed = changed;
    this.ids = ids;
    this.clock = clock;
    this.window = window;
    this.thread = Thread.ofVirtual().name("hone-erasure").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** What forgetting this would do; nothing is changed. */
  public Planned plan(String space, Selection selection, String author) {
    Planned made =
        new Planned(ids.next(), space, selection, author, now(), forgetting.plan(space, selection));
    lock.lock();
    try {
      plans.values().removeIf(plan -> isOld(plan) || plans.size() >= MOST_PLANS);
      plans.put(made.id, made);
    } finally {
      lock.unlock();
    }
    return made;
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  /** A plan of this space, of the last hour, since which nothing of the space was forgotten. */
  public Optional<Planned> planned(String space, String id) {
    lock.lock();
    try {
      return Optional.ofNullable(plans.get(id))
          .filter(plan -> plan.space.equals(space) && !isOld(plan));
    } finally {
      lock.unlock();
    }
  }

  private boolean isOld(Planned plan) {
    return plan.at.isBefore(clock.instant().minus(KEPT));
  }

  private void dropPlans(Predicate<Planned> which) {
    lock.lock();
    try {
      plans.values().removeIf(which);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Carries out a plan, if it still does what its token stands for. Without a window, nothing is
   * left of it anywhere when this returns.
   */
  public Result execute(Planned planned, String token) {
    Instant at = now();
    Forgetting.Order order =
        new Forgetting.Order(
            planned.id,
            planned.space,
            planned.selection,
            token,
            planned.author,
            at,
            at.plus(window));
    Result result = backend.alone(planned.space, () -> carriedOut(order));
    if (result instanceof Result.Done(Entry entry)) {
      dropPlans(plan -> plan.space.equals(entry.space()));
      changed.accept(entry.space());
      LOG.info(
          "space {}: forgetting {} took out {} interactions and concerns {} items",
          entry.space(),
          entry.id(),
          entry.interactions(),
          entry.items());
      if (window.isZero()) {
        destroyDue();
        return new Result.Done(forgetting.entry(entry.space(), entry.id()).orElse(entry));
      }
      wake();
    }
    return result;
  }

  private Result carriedOut(Forgetting.Order order) {
    lock.lock();
    try {
      if (plans.remove(order.id()) == null) {
        return forgetting
            .entry(order.space(), order.id())
            .<Result>map(Result.TooLate::new)
            .orElseGet(Result.Missing::new);
      }
    } finally {
      lock.unlock();
    }
    return forgetting.execute(order);
  }

  /** Puts back what a forgetting took out, as long as its window is open. */
  public Result undo(String space, String id, String author) {
    Result result = backend.alone(space, () -> forgetting.undo(space, id, author));
    if (result instanceof Result.Done) {
      projection.renew(space);
      changed.accept(space);
      LOG.info("space {}: forgetting {} is undone", space, id);
    }
    return result;
  }

  public Optional<Entry> entry(String space, String id) {
    return forgetting.entry(space, id);
  }

  /** Newest first, before this id (all when absent); of one author, or of everybody (absent). */
  public List<Entry> list(
      String space, @Nullable String author, @Nullable String before, int limit) {
    return forgetting.list(space, author, before, limit);
  }

  /** Destroys what is due, in every file. Safe to repeat. */
  void destroyDue() {
    destroying.lock();
    try {
      List<Entry> due = forgetting.due(clock.instant());
      if (due.isEmpty()) {
        return;
      }
      due.forEach(entry -> forgetting.destroy(entry.id()));
      due = forgetting.due(clock.instant());
      Set<String> spaces = new TreeSet<>();
      due.forEach(entry -> spaces.add(entry.space()));
      spaces.forEach(projection::renew);
      forgetting.wipe();
      due.forEach(entry -> forgetting.purged(entry.id()));
      LOG.info("{} forgettings are destroyed", due.size());
    } finally {
      destroying.unlock();
    }
  }

  private void run() {
    while (!closed) {
      Duration pause = AGAIN;
      try {
        dropPlans(this::isOld);
        destroyDue();
        pause = untilNext();
      } catch (RuntimeException e) {
        LOG.error("what is forgotten could not be destroyed yet; it is tried again", e);
      }
      await(pause);
    }
  }

  private Duration untilNext() {
    Duration next =
        forgetting
            .nextDue()
            .map(due -> Duration.between(clock.instant(), due))
            .filter(left -> left.compareTo(LOOK) < 0)
            .orElse(LOOK);
    return next.isPositive() ? next : Duration.ofMillis(1);
  }

  private void wake() {
    lock.lock();
    try {
      woken = true;
      wakened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await(Duration pause) {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (!woken && left > 0) {
        left = wakened.awaitNanos(left);
      }
      woken = false;
    } catch (InterruptedException e) {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends what is being destroyed; the rest is destroyed after the next start. */
  @Override
  public void close() {
    closed = true;
    wake();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
