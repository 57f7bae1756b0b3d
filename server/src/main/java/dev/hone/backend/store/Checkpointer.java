package dev.hone.backend.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds the write-ahead log into the database, off the path of those who wait for a write; once at
 * a time, for SQLite refuses a second one that runs beside.
 *
 * <p>Beside a writer the log never begins anew: when all is folded in there is more in it. So when
 * it has become long, the writer itself {@linkplain #beginAnew lets it}.
 */
final class Checkpointer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int COMMITS_BETWEEN = 500;

  /** Pages from which the log is long: 32 MiB. */
  private static final int LONG = 8_000;

  /** How long the writer waits at most for those who read the log, in milliseconds. */
  private static final int PATIENCE = 20;

  private final DataSource source;
  private final LongSupplier commits;
  private final ReentrantLock folding = new ReentrantLock();
  private final Thread thread;
  private volatile boolean longLog;

  /**
   * @param commits how many there were so far
   */
  Checkpointer(DataSource source, LongSupplier commits) {
    this.source = source;
    this.commits = commits;
    thread = Thread.ofPlatform().name("hone-checkpoint").daemon().start(this::run);
  }

  private void run() {
    long last = 0;
    while (true) {
      try {
        Thread.sleep(LOOK);
        long now = commits.getAsLong();
        if (now - last >= COMMITS_BETWEEN) {
          last = now;
          longLog = fold();
        }
      } catch (InterruptedException e) {
        return;
      } catch (SQLException e) {
        LOG.warn("the write-ahead log grows on, it could not be folded in: {}", e.getMessage());
      }
    }
  }

  /**
   * The log after it was folded in.
   *
   * @param pages in it
   * @param folded of these
   */
  private record Log(int pages, int folded) {}

  /**
   * Folds in what there is, and of a long log what came meanwhile; returns whether it is long, and
   * little of it is left: nobody who reads held it up.
   */
  private boolean fold() throws SQLException {
    Log first = checkpoint("PASSIVE");
    return first.pages >= LONG && checkpoint("PASSIVE").folded >= first.pages;
  }

  private Log checkpoint(String how) throws SQLException {
    folding.lock();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(" + how + ")")) {
      return result.next() ? new Log(result.getInt(2), result.getInt(3)) : new Log(0, 0);
    } finally {
      folding.unlock();
    }
  }

  /**
   * If the log is long, lets the next write begin at its start. To be called by the writer between
   * two transactions: nothing is added meanwhile, and little is left to fold in. Somebody who reads
   * for longer is not waited for; it is tried again once the log was looked at.
   */
  void beginAnew(WriteConnection writer) throws SQLException {
    if (!longLog || !folding.tryLock()) {
      return;
    }
    try {
      longLog = false;
      writer.execute("PRAGMA busy_timeout = " + PATIENCE);
      writer.execute("PRAGMA wal_checkpoint(RESTART)");
    } finally {
      folding.unlock();
      writer.execute("PRAGMA busy_timeout = " + Database.BUSY_MILLIS);
    }
  }

  /**
   * Folds in all there is, and leaves nothing in the log.
   *
   * @throws SQLException also when somebody who reads does not come to an end
   */
  void empty() throws SQLException {
    folding.lock();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      if (result.next() && result.getInt(1) != 0) {
        throw new SQLException("the write-ahead log is still read");
      }
    } finally {
      folding.unlock();
    }
  }

  /** Folds in all there is. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
      checkpoint("TRUNCATE");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.warn("closed without folding in the write-ahead log: {}", e.getMessage());
    }
  }
}
