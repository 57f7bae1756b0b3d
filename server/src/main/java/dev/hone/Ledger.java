package dev.hone;

import dev.hone.port.Spending;
import dev.hone.port.Unwritable;
import java.time.LocalDate;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adds times up and writes them now and then, so that keeping account costs less than what it
 * counts, and no search waits for the disk. What was not written yet is lost when the process is
 * killed. Calls and tokens are written at once.
 */
final class Ledger implements Spending, AutoCloseable {

  private final Spending spending;
  private final ConcurrentHashMap<Account, Cost> unwritten = new ConcurrentHashMap<>();

  private record Account(String space, LocalDate day) {}

  /**
   * @param spending where it is written
   */
  Ledger(Spending spending) {
    this.spending = spending;
  }

  /** {@inheritDoc} While it is written, what is being written may be missing. */
  @Override
  public Cost on(String space, LocalDate day) {
    return spending.on(space, day).plus(unwritten.getOrDefault(new Account(space, day), Cost.NONE));
  }

  @Override
  public void add(String space, LocalDate day, Cost cost) {
    if (cost.calls() > 0 || cost.tokens() > 0) {
      spending.add(space, day, cost);
    } else {
      unwritten.merge(new Account(space, day), cost, Cost::plus);
    }
  }

  /**
   * Writes what has come together. What the disk refuses is kept for the next time; after a broken
   * disk it may then count twice.
   */
  void write() {
    for (Account account : unwritten.keySet()) {
      Cost cost = unwritten.remove(account);
      if (cost != null && !written(account, cost)) {
        return;
      }
    }
  }

  private boolean written(Account account, Cost cost) {
    boolean done = false;
    try {
      spending.add(account.space, account.day, cost);
      done = true;
    } catch (Unwritable e) {
      // Whoever writes to the disk tells of it.
    } finally {
      if (!done) {
        unwritten.merge(account, cost, Cost::plus);
      }
    }
    return done;
  }

  /** Writes the rest, if the disk takes it, also on a thread that is interrupted. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      write();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
