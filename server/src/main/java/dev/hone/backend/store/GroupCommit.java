package dev.hone.backend.store;

import dev.hone.port.NotWritten;
import dev.hone.port.WriteLoad;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of an embedded database. Writes that wait at the same time share one transaction
 * and so one fsync; each runs under a savepoint of its own, so that one that fails takes no other
 * with it. The write-ahead log is folded into the database by a second connection, off the path of
 * those who wait.
 */
final class GroupCommit implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int LARGEST_GROUP = 256;
  private static final int COMMITS_BETWEEN_CHECKPOINTS = 500;

  private record Write<T>(Function<Handle, T> work, CompletableFuture<T> result, long since) {

    /**
     * Runs the work under a savepoint; returns what to do once the group is durable, or has failed.
     */
    Runnable run(Handle handle, Statement statement) throws SQLException {
      statement.execute("SAVEPOINT one");
      try {
        T value = work.apply(handle);
        statement.execute("RELEASE one");
        return () -> result.complete(value);
      } catch (RuntimeException | Error e) {
        Throwable failure = Failures.told(e);
        takeBack(statement, failure);
        return () -> result.completeExceptionally(failure);
      }
    }

    /** A full or broken disk may have ended the whole transaction: then the group has failed. */
    private static void takeBack(Statement statement, Throwable failure) throws SQLException {
      try {
        statement.execute("ROLLBACK TO one");
        statement.execute("RELEASE one");
      } catch (SQLException e) {
        if (failure instanceof NotWritten notWritten) {
          throw notWritten;
        }
        throw e;
      }
    }
  }

  private final BlockingQueue<Write<?>> queue = new LinkedBlockingQueue<>(10_000);
  private final Connection connection;
  private final Connection checkpointing;
  private final Thread thread;
  private final Thread checkpointer;
  private volatile List<Write<?>> writing = List.of();
  private volatile boolean closed;
  private final AtomicInteger commits = new AtomicInteger();

  GroupCommit(Connection connection, Connection checkpointing) throws SQLException {
    this.connection = connection;
    this.checkpointing = checkpointing;
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = 0");
    }
    thread = Thread.ofPlatform().name("hone-writer").start(this::writeUntilClosed);
    checkpointer =
        Thread.ofPlatform().name("hone-checkpoint").daemon().start(this::checkpointUntilClosed);
  }

  <T> T write(Function<Handle, T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      queue.put(new Write<>(work, result, System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the write was taken", e);
    }
    if (closed && !thread.isAlive()) {
      throw new IllegalStateException("the database is closed");
    }
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** What waits to be written, what is being written included. */
  WriteLoad.Load load() {
    List<Write<?>> now = writing;
    Write<?> first = now.isEmpty() ? queue.peek() : now.getFirst();
    return new WriteLoad.Load(
        now.size() + queue.size(),
        first == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - first.since));
  }

  private void writeUntilClosed() {
    try (Handle handle = Jdbi.open(connection);
        Statement statement = connection.createStatement()) {
      while (!closed || !queue.isEmpty()) {
        Write<?> first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Write<?>> group = new ArrayList<>();
          group.add(first);
          queue.drainTo(group, LARGEST_GROUP - 1);
          writing = group;
          commit(group, handle, statement);
          writing = List.of();
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("the writer was interrupted; what was not acknowledged is not written");
    } catch (SQLException e) {
      LOG.error("the writer stopped: the database cannot be used", e);
    }
    closed = true;
    List<Write<?>> left = new ArrayList<>();
    queue.drainTo(left);
    left.forEach(
        write ->
            write.result.completeExceptionally(
                new IllegalStateException("the database is closed")));
  }

  private void commit(List<Write<?>> group, Handle handle, Statement statement) {
    List<Runnable> endings = new ArrayList<>(group.size());
    try {
      statement.execute("BEGIN IMMEDIATE");
      for (Write<?> write : group) {
        endings.add(write.run(handle, statement));
      }
      statement.execute("COMMIT");
      commits.incrementAndGet();
    } catch (SQLException | NotWritten e) {
      rollback(statement);
      RuntimeException failure = Failures.of(e);
      group.forEach(write -> write.result.completeExceptionally(failure));
      return;
    }
    endings.forEach(Runnable::run);
  }

  private static void rollback(Statement statement) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      LOG.debug("nothing to roll back: {}", e.getMessage());
    }
  }

  private void checkpointUntilClosed() {
    int last = 0;
    while (!closed) {
      try {
        Thread.sleep(200);
        int now = commits.get();
        if (now - last >= COMMITS_BETWEEN_CHECKPOINTS) {
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
    try (Statement statement = checkpointing.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(" + how + ")");
    }
  }

  /** Finishes what was taken, then closes. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
      checkpointer.interrupt();
      checkpointer.join();
      checkpoint("TRUNCATE");
      checkpointing.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.warn("closed without folding in the write-ahead log: {}", e.getMessage());
    }
  }
}
