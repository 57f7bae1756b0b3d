package dev.hone.bench;

import java.util.Arrays;

/** Times in nanoseconds, of which quantiles are asked. Safe for several threads. */
final class Times {

  private long[] nanos = new long[1_024];
  private int count;

  synchronized void add(long time) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = time;
  }

  synchronized int count() {
    return count;
  }

  /** The time that this share of them does not exceed, in milliseconds. */
  synchronized double millis(double share) {
    if (count == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(count - 1, Math.ceil(share * count) - 1)] / 1e6;
  }

  synchronized double sumSeconds() {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += nanos[i];
    }
    return sum / 1e9;
  }
}
