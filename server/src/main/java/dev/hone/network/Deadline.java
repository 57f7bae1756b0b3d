package dev.hone.network;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs work that a request can do without, no longer than a deadline. The work itself is not
 * interrupted.
 */
public final class Deadline {

  /** How it went. */
  public sealed interface Result<T> {

    /** In time. */
    record InTime<T>(T value) implements Result<T> {}

    /** Not in time, or not at all. */
    record Missed<T>(String why) implements Result<T> {}
  }

  private final ExecutorService executor;
  private final Duration limit;

  public Deadline(ExecutorService executor, Duration limit) {
    this.executor = executor;
    this.limit = limit;
  }

  /** The time of one request; it runs from now on. */
  public Running start() {
    return start(limit);
  }

  /** The time of something that has more of it, or less; it runs from now on. */
  public Running start(Duration other) {
    return new Running(System.nanoTime(), other);
  }

  /** A deadline that approaches. */
  public final class Running {

    private final long since;
    private final Duration limit;

    private Running(long since, Duration limit) {
      this.since = since;
      this.limit = limit;
    }

    /** Runs the work in the time that is left. */
    public <T> Result<T> within(Callable<T> work) {
      long nanos = limit.toNanos() - (System.nanoTime() - since);
      Future<T> future = executor.submit(work);
      try {
        return new Result.InTime<>(future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        return new Result.Missed<>("took longer than " + limit.toMillis() + " ms");
      } catch (ExecutionException e) {
        return new Result.Missed<>(String.valueOf(e.getCause()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Result.Missed<>("interrupted");
      }
    }
  }
}
