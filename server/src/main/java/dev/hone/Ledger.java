package dev.hone;

import dev.hone.port.Spending;
import dev.hone.port.Unwritable;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adds times up and writes them now and then, so that keeping account costs less than what it
 * counts, and no search waits for the disk. What was not written yet is lost when the process is
 * killed. Calls and tokens are written at once.
 */
final class Ledger implements Spending, AutoCloseable {

  /** Less is not worth a write. */
  private static final Duration LEAST = Duration.ofMillis(10);

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
   * Writes what has come together, where it is worth it.
   *
   * @throws Unwritable if the disk refuses; nothing is lost then
   */
  void write() {
    write(LEAST);
  }

  private void write(Duration least) {
    for (Account account : unwritten.keySet()) {
      Cost cost = unwritten.remove(account);
      if (cost != null && cost.cpu().plus(cost.searching()).compareTo(least) < 0) {
        unwritten.merge(account, cost, Cost::plus);
      } else if (cost != null) {
        try {
          spending.add(account.space, account.day, cost);
        } catch (Unwritable e) {
          unwritten.merge(account, cost, Cost::plus);
          throw e;
        }
      }
    }
  }

  /** Writes the rest, if the disk takes it. */
  @Override
  public void close() {
    try {
      write(Duration.ofMillis(1));
    } catch (Unwritable e) {
      unwritten.clear();
    }
  }
}
