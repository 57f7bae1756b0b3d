package dev.hone.bench;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests at a constant rate, whatever becomes of those before. A request's time counts from the
 * moment at which it was to be sent, so that a server that stops for a while is not spared those
 * that would have come meanwhile.
 */
final class Load {

  /**
   * Sends the request of that number and waits for its answer. Throws an {@link
   * UncheckedIOException} when there is none, an {@link IllegalStateException} when it is not as it
   * should be.
   */
  interface Request {
    void send(int number);
  }

  private final double perSecond;
  private final Request request;
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();
  private int number;

  Load(double perSecond, Request request) {
    this.perSecond = perSecond;
    this.request = request;
  }

  /** Goes on for that long; returns how long each request took. */
  Times run(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return run(() -> System.nanoTime() < end);
  }

  /** Goes on as long as that holds. */
  Times run(BooleanSupplier more) {
    Times times = new Times();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      for (int i = 0; more.getAsBoolean(); i++) {
        long due = start + Math.round(i * 1e9 / perSecond);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        int each = number++;
        executor.execute(
            () -> {
              try {
                request.send(each);
                times.add(System.nanoTime() - due);
              } catch (UncheckedIOException | IllegalStateException e) {
                failed.incrementAndGet();
                firstFailure.compareAndSet(null, e.toString());
              }
            });
      }
    }
    return times;
  }

  /** Requests that were not answered as they should. */
  int failed() {
    return failed.get();
  }

  /** What was wrong with the first of them. */
  Optional<String> firstFailure() {
    return Optional.ofNullable(firstFailure.get());
  }
}
