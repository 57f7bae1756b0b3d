package dev.hone;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Knows whether requests are being served: they come before learning. */
public final class Foreground {

  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong lastEnd = new AtomicLong(System.nanoTime());

  /** Marks a request as running until it is closed. */
  public final class Request implements AutoCloseable {
    @Override
    public void close() {
      lastEnd.set(System.nanoTime());
      running.decrementAndGet();
    }
  }

  /** A request begins. */
  public Request begin() {
    running.incrementAndGet();
    return new Request();
  }

  /** Whether no request was running for that long. */
  public boolean idleFor(Duration time) {
    return running.get() == 0 && System.nanoTime() - lastEnd.get() >= time.toNanos();
  }
}
