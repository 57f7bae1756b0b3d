package dev.hone.backend.store;

import dev.hone.port.Unwritable;
import dev.hone.port.WriteLoad;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of an embedded database. Writes that wait at the same time share one transaction
 * and so one fsync; each runs under a savepoint of its own, so that one that fails takes no other
 * with it.
 *
 * <p>When the disk refuses, the whole group fails, for nobody knows what of it was kept; the
 * connection is given up, and the next group begins with a new one.
 */
final class GroupCommit implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int LARGEST_GROUP = 256;

  private record Write<T>(
      Function<Handle, T> work, CompletableFuture<T> result, long since, AtomicLong cost) {

    /**
     * Runs the work under a savepoint; returns what to do once the group is durable.
     *
     * @throws SQLException if the group must not go on
     */
    Runnable run(WriteConnection connection) throws SQLException {
      connection.execute("SAVEPOINT one");
      T value;
      try {
        value = work.apply(connection.handle());
      } catch (RuntimeException | Error e) {
        if (DiskErrors.in(e).isPresent()) {
          throw e;
        }
        connection.execute("ROLLBACK TO one");
        connection.execute("RELEASE one");
        return () -> result.completeExceptionally(e);
      }
      connection.execute("RELEASE one");
      return () -> result.complete(value);
    }

    void fail(Throwable why) {
      result.completeExceptionally(why);
    }
  }

  private final BlockingQueue<Write<?>> queue = new LinkedBlockingQueue<>(10_000);
  private final Queue<CompletableFuture<Boolean>> rewrites = new ConcurrentLinkedQueue<>();
  private final DataSource source;
  private final AtomicLong commits = new AtomicLong();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /** What the writer has spent for each thread, in nanoseconds. */
  private final ThreadLocal<AtomicLong> spent = ThreadLocal.withInitial(AtomicLong::new);

  private final Checkpointer checkpointer;
  private final Thread thread;
  private @Nullable WriteConnection connection;
  private boolean failing;
  private volatile List<Write<?>> writing = List.of();
  private volatile boolean closed;
  private volatile boolean ended;

  /**
   * @throws SQLException if the database cannot be opened
   */
  GroupCommit(DataSource source) throws SQLException {
    this.source = source;
    connection = WriteConnection.open(source);
    checkpointer = new Checkpointer(source, commits::get);
    thread = Thread.ofPlatform().name("hone-writer").start(this::writeUntilClosed);
  }

  <T> T write(Function<Handle, T> work) {
    Write<T> write =
        new Write<>(work, new CompletableFuture<>(), System.nanoTime(), new AtomicLong());
    try {
      queue.put(write);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the write was taken", e);
    }
    if (ended) {
      write.fail(closedAlready());
    }
    try {
      return write.result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    } finally {
      spent.get().addAndGet(write.cost.get());
    }
  }

  /**
   * Processor time of the calling thread, and of the writer on its behalf; on a virtual thread the
   * time that passes.
   */
  long nanos() {
    long used = threads.getCurrentThreadCpuTime();
    return used < 0 ? System.nanoTime() : used + spent.get().get();
  }

  /**
   * Writes the file anew and empties the write-ahead log: what was deleted is in neither any more,
   * also not where SQLite had once copied it. Takes as long as copying the file; writes wait.
   *
   * @throws Unwritable if the disk refuses, or somebody who reads does not come to an end
   */
  void rewrite() {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    rewrites.add(done);
    if (ended) {
      done.completeExceptionally(closedAlready());
    }
    try {
      done.join();
    } catch (CompletionException e) {
      throw DiskErrors.unwritable(e.getCause() == null ? e : e.getCause());
    }
  }

  private void rewrite(CompletableFuture<Boolean> done) {
    try {
      WriteConnection open = connected();
      open.execute("PRAGMA temp_store = FILE");
      open.execute("VACUUM");
      open.execute("PRAGMA temp_store = MEMORY");
      commits.incrementAndGet();
      checkpointer.empty();
      done.complete(true);
    } catch (SQLException | RuntimeException e) {
      disconnect();
      done.completeExceptionally(e);
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

  private static Unwritable closedAlready() {
    return new Unwritable(
        Unwritable.Reason.CLOSED, "It was not written: the database is closed.", null);
  }

  private void writeUntilClosed() {
    try {
      while (!closed || !queue.isEmpty()) {
        CompletableFuture<Boolean> rewrite = rewrites.poll();
        if (rewrite != null) {
          rewrite(rewrite);
        }
        Write<?> first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Write<?>> group = new ArrayList<>();
          group.add(first);
          queue.drainTo(group, LARGEST_GROUP - 1);
          writing = group;
          commit(group);
          writing = List.of();
          keepLogShort();
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("the writer was interrupted; what was not acknowledged is not written");
    } finally {
      ended = true;
      disconnect();
      List<Write<?>> left = new ArrayList<>(writing);
      queue.drainTo(left);
      left.forEach(write -> write.fail(closedAlready()));
      rewrites.forEach(rewrite -> rewrite.completeExceptionally(closedAlready()));
    }
  }

  private void commit(List<Write<?>> group) {
    List<Runnable> endings = new ArrayList<>(group.size());
    try {
      WriteConnection open = connected();
      open.execute("BEGIN IMMEDIATE");
      long last = threads.getCurrentThreadCpuTime();
      for (Write<?> write : group) {
        endings.add(write.run(open));
        long now = threads.getCurrentThreadCpuTime();
        write.cost.addAndGet(now - last);
        last = now;
      }
      open.execute("COMMIT");
      long share = (threads.getCurrentThreadCpuTime() - last) / group.size();
      group.forEach(write -> write.cost.addAndGet(share));
      commits.incrementAndGet();
    } catch (SQLException | RuntimeException | Error e) {
      disconnect();
      tell(e);
      group.forEach(write -> write.fail(DiskErrors.unwritable(e)));
      return;
    }
    if (failing) {
      LOG.info("the database can be written again");
      failing = false;
    }
    endings.forEach(Runnable::run);
  }

  private void keepLogShort() {
    WriteConnection open = connection;
    if (open != null) {
      try {
        checkpointer.beginAnew(open);
      } catch (SQLException e) {
        LOG.warn("the write-ahead log grows on: {}", e.getMessage());
        disconnect();
      }
    }
  }

  /** Only the first failure of a row goes to the log. */
  private void tell(Throwable e) {
    if (!failing) {
      LOG.error("the database cannot be written, it is tried again with every write", e);
      failing = true;
    }
  }

  private WriteConnection connected() throws SQLException {
    WriteConnection open = connection;
    if (open == null) {
      open = WriteConnection.open(source);
      connection = open;
    }
    return open;
  }

  private void disconnect() {
    if (connection != null) {
      connection.abandon();
      connection = null;
    }
  }

  /** Finishes what was taken, then closes. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    checkpointer.close();
  }
}
