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
 */
final class Checkpointer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int COMMITS_BETWEEN = 500;

  private final DataSource source;
  private final LongSupplier commits;
  private final ReentrantLock folding = new ReentrantLock();
  private final Thread thread;

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
          checkpoint("PASSIVE");
        }
      } catch (InterruptedException e) {
        return;
      } catch (SQLException e) {
        LOG.warn("the write-ahead log grows on, it could not be folded in: {}", e.getMessage());
      }
    }
  }

  private void checkpoint(String how) throws SQLException {
    folding.lock();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(" + how + ")");
    } finally {
      folding.unlock();
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
