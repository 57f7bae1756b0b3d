package dev.hone.frontend.capture;

import dev.hone.port.Unwritable;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers to durable requests that the disk refused: kept in memory, within bounds, and written
 * when it takes something again. Those beyond the bounds are interrupted at the next start.
 */
final class Owed {

  private static final long MOST_BYTES = 64L * 1024 * 1024;
  private static final long OF_AN_ENTRY = 4_096L;

  private record Answer(Runnable write, long bytes) {}

  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final AtomicLong kept = new AtomicLong();

  /**
   * Keeps a write for later, if there is room.
   *
   * @param bytes what keeping it costs, about
   */
  void add(Runnable write, int bytes) {
    long cost = OF_AN_ENTRY + bytes;
    if (kept.addAndGet(cost) <= MOST_BYTES) {
      answers.add(new Answer(write, cost));
    } else {
      kept.addAndGet(-cost);
    }
  }

  boolean isEmpty() {
    return answers.isEmpty();
  }

  /** Writes what is kept, as far as the disk lets it. */
  void settle() {
    for (Answer next = answers.poll(); next != null; next = answers.poll()) {
      boolean again = false;
      try {
        next.write.run();
      } catch (Unwritable e) {
        again = true;
        answers.add(next);
        return;
      } finally {
        if (!again) {
          kept.addAndGet(-next.bytes);
        }
      }
    }
  }
}
