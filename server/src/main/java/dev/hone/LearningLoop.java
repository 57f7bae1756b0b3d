package dev.hone;

import dev.hone.experience.Episode;
import dev.hone.frontend.episode.EpisodeBuffer;
import dev.hone.network.Network;
import dev.hone.port.Effort;
import dev.hone.port.Episodes;
import dev.hone.port.Jobs;
import dev.hone.port.Unwritable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives learning: one thread that works when the frontend is idle, when somebody waits for it, or,
 * when work has waited too long, beside requests on a share of a core. The rows are the queue, so a
 * restart loses nothing.
 */
public final class LearningLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LearningLoop.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration SHOW_EVERY = Duration.ofMillis(500);

  /** Beside requests: small changes of the index cost as much as large ones. */
  private static final Duration SHOW_BESIDE = Duration.ofSeconds(2);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Interactions put into episodes in one write; few beside requests, which write too. */
  private static final int GATHERED = 256;

  private static final int GATHERED_BESIDE = 8;

  /**
   * When learning runs.
   *
   * @param idle without a request for this long
   * @param overdue work that waited this long is done beside requests
   * @param share of a core that work beside requests takes, in (0, 1]
   * @param pause before what broke is tried again; doubled each time
   * @param attempts after so many an episode that breaks is set aside
   */
  public record Policy(
      Duration idle, Duration overdue, double share, Duration pause, int attempts) {}

  private final Learning learning;
  private final EpisodeBuffer buffer;
  private final Episodes episodes;
  private final DueWork work;
  private final Refining refining;
  private final Network network;
  private final Foreground foreground;
  private final Effort effort;
  private final InstantSource clock;
  private final Policy policy;
  private final Pruning pruning;
  private final Wishes wishes = new Wishes();
  private volatile boolean closed;
  private final Thread thread;

  LearningLoop(
      Learning learning,
      EpisodeBuffer buffer,
      Episodes episodes,
      DueWork work,
      Refining refining,
      Network network,
      Foreground foreground,
      Effort effort,
      InstantSource clock,
      Policy policy,
      Pruning pruning) {
    this.learning = learning;
    this.buffer = buffer;
    this.episodes = episodes;
    this.work = work;
    this.refining = refining;
    this.network = network;
    this.foreground = foreground;
    this.effort = effort;
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
    wishes.wake();
  }

  /** Ends an open episode soon: it will be learned from. */
  public void end(String episode) {
    wishes.end(episode);
  }

  /**
   * Ends the open episodes of a space and waits until everything captured so far is learned from
   * and can be found.
   *
   * @return whether that was reached in time
   */
  public boolean settle(String space, Duration limit) {
    return wishes.settle(space, clock.instant(), limit, episodes::learnedUntil);
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
    wishes.await(LOOK);
    if (!wishes.waitedFor() && !foreground.idleFor(policy.idle)) {
      wishes.rest(Math.min(policy.idle.toNanos(), LOOK.toNanos()));
    }
  }

  /** What waits is as old as the oldest that may be done now. */
  private boolean overdue() {
    Instant now = clock.instant();
    Instant limit = now.minus(policy.overdue);
    return episodes.waitingSince(now).filter(since -> since.isBefore(limit)).isPresent()
        || work.next().filter(job -> job.dueAt().isBefore(limit)).isPresent();
  }

  private boolean undisturbed() {
    return wishes.waitedFor() || foreground.idleFor(policy.idle);
  }

  private boolean mayWork() {
    return undisturbed() || overdue();
  }

  /** Something to do that lets requests have the core afterwards. */
  private interface Step<T> {
    T take();
  }

  /** Takes a step, and rests from it while there are requests and nobody waits. */
  private <T> T paced(Step<T> step) throws InterruptedException {
    long start = effort.nanos();
    T result = step.take();
    if (!undisturbed()) {
      wishes.rest(Math.round((effort.nanos() - start) * (1 / policy.share - 1)));
    }
    return result;
  }

  /** Everything there is to do now, as long as learning may go on. */
  private void round() throws InterruptedException {
    Wishes.Now now = wishes.now();
    while (paced(this::gather) && !closed) {}
    paced(
        () -> {
          buffer.closeQuiet();
          now.ending().forEach(buffer::end);
          now.settling().forEach(buffer::closeAll);
          return true;
        });
    wishes.taken(now);
    if (learnFromAll()) {
      refining.enqueueWhatIsDue();
      doJobs();
      pruning.run(() -> !closed && !wishes.waitedFor() && foreground.idleFor(policy.idle));
    }
  }

  private boolean gather() {
    return buffer.gather(undisturbed() ? GATHERED : GATHERED_BESIDE);
  }

  /** Learns from the episodes that are due; false when requests or the end came first. */
  private boolean learnFromAll() throws InterruptedException {
    long shown = System.nanoTime();
    Optional<Episode> due = episodes.due(clock.instant());
    while (due.isPresent() && !closed && mayWork()) {
      Episode episode = due.get();
      wishes.changed(episode.space());
      paced(() -> learn(episode));
      Duration pause = undisturbed() ? SHOW_EVERY : SHOW_BESIDE;
      if (System.nanoTime() - shown > pause.toNanos()) {
        show();
        shown = System.nanoTime();
      }
      due = episodes.due(clock.instant());
    }
    show();
    return due.isEmpty();
  }

  private boolean learn(Episode episode) {
    try {
      learning.learnFrom(episode);
      return true;
    } catch (Unwritable e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("episode {} could not be learned from", episode.id(), e);
      episodes.broke(episode, String.valueOf(e), clock.instant(), policy.pause, policy.attempts);
      return false;
    }
  }

  private void doJobs() throws InterruptedException {
    Optional<Jobs.Job> due = work.next();
    while (due.isPresent() && !closed && mayWork()) {
      Jobs.Job job = due.get();
      paced(
          () -> {
            work.run(job);
            return true;
          });
      due = work.next();
    }
  }

  /** Lets searches see what was stored. */
  private void show() throws InterruptedException {
    Set<String> changed = wishes.changed();
    paced(
        () -> {
          changed.forEach(network.backend()::settle);
          return true;
        });
    wishes.shown(changed);
  }

  /** Finishes the episode at hand. */
  @Override
  public void close() {
    closed = true;
    wishes.close();
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
