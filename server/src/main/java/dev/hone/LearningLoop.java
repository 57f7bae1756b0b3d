package dev.hone;

import dev.hone.experience.Episode;
import dev.hone.experience.Refinement;
import dev.hone.frontend.episode.EpisodeBuffer;
import dev.hone.network.Network;
import dev.hone.port.Episodes;
import dev.hone.port.Spaces;
import dev.hone.port.Unwritable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives learning: one thread that works when the frontend is idle, when somebody waits for it, or,
 * when work has waited too long, beside requests on a quarter of a core. The rows are the queue, so
 * a restart loses nothing.
 */
public final class LearningLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LearningLoop.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration SHOW_EVERY = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int QUARTER = 3;

  /**
   * When learning runs.
   *
   * @param idle without a request for this long
   * @param overdue work that waited this long is done beside requests
   */
  public record Policy(Duration idle, Duration overdue) {}

  /** Somebody who waits until what a space had captured by then is learned from. */
  private static final class Settling {
    final String space;
    final Instant until;
    boolean taken;

    Settling(String space, Instant until) {
      this.space = space;
      this.until = until;
    }
  }

  private final Learning learning;
  private final EpisodeBuffer buffer;
  private final Episodes episodes;
  private final Network network;
  private final Spaces spaces;
  private final Foreground foreground;
  private final Meters meters;
  private final InstantSource clock;
  private final Policy policy;
  private final Pruning pruning;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wakened = lock.newCondition();
  private final Condition progressed = lock.newCondition();
  private final Set<String> ending = new LinkedHashSet<>();
  private final List<Settling> settling = new ArrayList<>();
  private final Set<String> unseen = new HashSet<>();
  private boolean work;
  private volatile boolean closed;
  private final Thread thread;

  public LearningLoop(
      Learning learning,
      EpisodeBuffer buffer,
      Episodes episodes,
      Network network,
      Spaces spaces,
      Foreground foreground,
      Meters meters,
      InstantSource clock,
      Policy policy,
      Pruning pruning) {
    this.learning = learning;
    this.buffer = buffer;
    this.episodes = episodes;
    this.network = network;
    this.spaces = spaces;
    this.foreground = foreground;
    this.meters = meters;
    this.clock = clock;
    this.policy = policy;
    this.pruning = pruning;
    this.thread = Thread.ofPlatform().name("hone-learning").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Says that there is something to do. */
  public void wake() {
    lock.lock();
    try {
      work = true;
      wakened.signalAll();
      progressed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends an open episode soon: it will be learned from. */
  public void end(String episode) {
    lock.lock();
    try {
      ending.add(episode);
    } finally {
      lock.unlock();
    }
    wake();
  }

  /**
   * Ends the open episodes of a space and waits until everything captured so far is learned from
   * and can be found.
   *
   * @return whether that was reached in time
   */
  public boolean settle(String space, Duration limit) {
    long left = limit.toNanos();
    Settling wish = new Settling(space, clock.instant());
    lock.lock();
    try {
      settling.add(wish);
      work = true;
      wakened.signalAll();
      while (!settled(wish) && left > 0 && !closed) {
        left = progressed.awaitNanos(left);
      }
      return settled(wish);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      settling.remove(wish);
      lock.unlock();
    }
  }

  /** Whether the wish was taken up and nothing is left of it; called under the lock. */
  private boolean settled(Settling wish) {
    return wish.taken
        && !unseen.contains(wish.space)
        && episodes.learnedUntil(wish.space, wish.until);
  }

  private void run() {
    int unwritable = 0;
    while (!closed) {
      try {
        if (mayWork()) {
          round();
          if (unwritable > 0) {
            LOG.info("learning goes on: what it writes is taken again");
            unwritable = 0;
          }
        }
        await();
      } catch (InterruptedException e) {
        return;
      } catch (Unwritable e) {
        if (unwritable++ == 0) {
          LOG.error("learning waits until it can write: {}", e.getMessage());
        }
        pause(LOOK.multipliedBy(unwritable));
      } catch (Throwable e) {
        LOG.error("learning failed and goes on with the next round", e);
        pause(LOOK);
      }
    }
  }

  private void pause(Duration wanted) {
    try {
      Thread.sleep(wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void await() throws InterruptedException {
    lock.lock();
    try {
      long left = LOOK.toNanos();
      while (!work && left > 0) {
        left = wakened.awaitNanos(left);
      }
      work = false;
    } finally {
      lock.unlock();
    }
    if (!waitedFor() && !foreground.idleFor(policy.idle)) {
      Thread.sleep(Math.min(policy.idle.toMillis(), LOOK.toMillis()));
    }
  }

  private boolean waitedFor() {
    lock.lock();
    try {
      return !settling.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private boolean overdue() {
    Instant limit = clock.instant().minus(policy.overdue);
    return episodes.waitingSince().filter(since -> since.isBefore(limit)).isPresent();
  }

  private boolean mayWork() {
    return waitedFor() || foreground.idleFor(policy.idle) || overdue();
  }

  /** Everything there is to do now, as long as learning may go on. */
  private void round() throws InterruptedException {
    Wishes wishes = wishes();
    buffer.gather();
    buffer.closeIdle();
    fulfil(wishes);
    long shown = System.nanoTime();
    Optional<Episode> due = episodes.due(clock.instant());
    while (due.isPresent() && !closed && mayWork()) {
      long start = threads.getCurrentThreadCpuTime();
      unseen(due.get().space());
      learn(due.get());
      if (!waitedFor() && !foreground.idleFor(policy.idle)) {
        rest(QUARTER * (threads.getCurrentThreadCpuTime() - start));
      }
      if (System.nanoTime() - shown > SHOW_EVERY.toNanos()) {
        show();
        shown = System.nanoTime();
      }
      due = episodes.due(clock.instant());
    }
    show();
    if (due.isEmpty()) {
      refineWhatIsDue();
      pruning.run(() -> !closed && !waitedFor() && foreground.idleFor(policy.idle));
    }
  }

  private void learn(Episode episode) {
    try {
      learning.learnFrom(episode);
    } catch (Unwritable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("episode {} could not be learned from; it will be tried again", episode.id(), e);
      episodes.postpone(episode, String.valueOf(e), clock.instant(), PAUSE);
    }
  }

  /** Lets requests have the core, until somebody waits for learning. */
  private void rest(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (left > 0 && settling.isEmpty() && !closed) {
        left = wakened.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private record Wishes(List<String> ending, List<Settling> settling) {}

  /** What is wished for now; what was captured before is gathered after. */
  private Wishes wishes() {
    lock.lock();
    try {
      return new Wishes(List.copyOf(ending), List.copyOf(settling));
    } finally {
      lock.unlock();
    }
  }

  private void fulfil(Wishes wishes) {
    wishes.ending.forEach(buffer::end);
    wishes.settling.stream().map(wish -> wish.space).distinct().forEach(buffer::closeAll);
    lock.lock();
    try {
      ending.removeAll(wishes.ending);
      for (Settling wish : wishes.settling) {
        wish.taken = true;
        unseen.add(wish.space);
      }
    } finally {
      lock.unlock();
    }
  }

  private void unseen(String space) {
    lock.lock();
    try {
      unseen.add(space);
    } finally {
      lock.unlock();
    }
  }

  /** Lets searches see what was stored. */
  private void show() {
    Set<String> changed;
    lock.lock();
    try {
      changed = Set.copyOf(unseen);
    } finally {
      lock.unlock();
    }
    for (String space : changed) {
      network.backend().settle(space);
    }
    lock.lock();
    try {
      unseen.removeAll(changed);
      progressed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void refineWhatIsDue() {
    for (Spaces.Space space : spaces.list()) {
      if (!closed && network.backend().refinementDue(space.name())) {
        refine(space.name());
      }
    }
  }

  private void refine(String space) {
    try {
      Refinement result =
          network
              .backend()
              .refine(space, false, "learning", "the pool has grown or the schedule says so");
      meters.refined(result.itemsBefore(), result.itemsAfter());
      LOG.info(
          "space {} refined: {} items, now {}", space, result.itemsBefore(), result.itemsAfter());
    } catch (Unwritable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("space {} could not be refined; it will be tried again", space, e);
    }
  }

  /** Finishes the episode at hand. */
  @Override
  public void close() {
    closed = true;
    wake();
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
