package dev.hone;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;

/**
 * What others want of learning, and how they wait for it; the one thread that learns sleeps here.
 */
final class Wishes {

  /** Somebody who waits until what a space had captured by then is learned from. */
  static final class Settling {
    private final String space;
    private final Instant until;
    private boolean taken;

    Settling(String space, Instant until) {
      this.space = space;
      this.until = until;
    }
  }

  /**
   * What is wished for now.
   *
   * @param ending episodes to be ended
   * @param settling spaces whose open episodes are to be ended
   * @param waiting who waits for that
   */
  record Now(List<String> ending, Set<String> settling, List<Settling> waiting) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wakened = lock.newCondition();
  private final Condition progressed = lock.newCondition();
  private final Set<String> ending = new LinkedHashSet<>();
  private final List<Settling> settling = new ArrayList<>();
  private final Set<String> unseen = new HashSet<>();
  private boolean work;
  private boolean closed;

  /** Says that there is something to do. */
  void wake() {
    lock.lock();
    try {
      work = true;
      wakened.signalAll();
      progressed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is waited for. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    wake();
  }

  /** Wishes for the end of an open episode. */
  void end(String episode) {
    lock.lock();
    try {
      ending.add(episode);
    } finally {
      lock.unlock();
    }
    wake();
  }

  /**
   * Waits until the wish to settle a space was taken up, nothing is left of it, and what came of it
   * can be found.
   *
   * @param learned whether what a space had captured by then is learned from
   * @return whether that was reached in time
   */
  boolean settle(
      String space, Instant until, Duration limit, BiPredicate<String, Instant> learned) {
    long left = limit.toNanos();
    Settling wish = new Settling(space, until);
    lock.lock();
    try {
      settling.add(wish);
      work = true;
      wakened.signalAll();
      while (!settled(wish, learned) && left > 0 && !closed) {
        left = progressed.awaitNanos(left);
      }
      return settled(wish, learned);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      settling.remove(wish);
      lock.unlock();
    }
  }

  private boolean settled(Settling wish, BiPredicate<String, Instant> learned) {
    return wish.taken && !unseen.contains(wish.space) && learned.test(wish.space, wish.until);
  }

  /** Whether somebody waits until a space is settled. */
  boolean waitedFor() {
    lock.lock();
    try {
      return !settling.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Sleeps until there is something to do, at most that long. */
  void await(Duration most) throws InterruptedException {
    lock.lock();
    try {
      long left = most.toNanos();
      while (!work && left > 0) {
        left = wakened.awaitNanos(left);
      }
      work = false;
    } finally {
      lock.unlock();
    }
  }

  /** Sleeps until somebody waits, at most that long. */
  void rest(long nanos) throws InterruptedException {
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

  /** What is wished for now; what was captured before is gathered after. */
  Now now() {
    lock.lock();
    try {
      Set<String> spaces = new LinkedHashSet<>();
      settling.forEach(wish -> spaces.add(wish.space));
      return new Now(List.copyOf(ending), spaces, List.copyOf(settling));
    } finally {
      lock.unlock();
    }
  }

  /** Tells that what was wished for has been begun. */
  void taken(Now now) {
    lock.lock();
    try {
      now.ending.forEach(ending::remove);
      for (Settling wish : settling) {
        if (now.waiting.contains(wish)) {
          wish.taken = true;
          unseen.add(wish.space);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells that a space may hold what searches do not see yet. */
  void changed(String space) {
    lock.lock();
    try {
      unseen.add(space);
    } finally {
      lock.unlock();
    }
  }

  /** The spaces that may hold what searches do not see yet. */
  Set<String> changed() {
    lock.lock();
    try {
      return Set.copyOf(unseen);
    } finally {
      lock.unlock();
    }
  }

  /** Tells that searches see what those spaces held. */
  void shown(Set<String> spaces) {
    lock.lock();
    try {
      unseen.removeAll(spaces);
      progressed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
