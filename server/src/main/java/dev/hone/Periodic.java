package dev.hone;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something from time to time, on a thread of its own, until it is closed. */
final class Periodic implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Periodic.class);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final Runnable work;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread thread;

  /**
   * @param name what the work is called in the log
   */
  Periodic(String name, Runnable work) {
    this.name = name;
    this.work = work;
  }

  /**
   * Begins: at once, on the thread of its own, and again after each rest.
   *
   * @param every how long it rests in between; it is never done when zero
   */
  void start(Duration every) {
    if (every.isPositive()) {
      thread = Thread.ofVirtual().name("hone-" + name).start(() -> repeat(every));
    }
  }

  private void repeat(Duration every) {
    try {
      do {
        try {
          work.run();
        } catch (RuntimeException e) {
          LOG.error("{}: it broke, and is tried again", name, e);
        }
      } while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the work at hand. */
  @Override
  public void close() {
    closed.countDown();
    if (thread != null) {
      try {
        thread.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
