package dev.hone;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** What is measured of requests and learning. */
public final class Meters {

  private final MeterRegistry registry;

  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A request was answered. */
  void answered(String mode, int status, long overheadNanos, int tokens) {
    registry.counter("hone_requests", "mode", mode, "status", Integer.toString(status)).increment();
    registry.timer("hone_overhead").record(Duration.ofNanos(overheadNanos));
    registry.counter("hone_injected_tokens").increment(tokens);
  }

  /** A request went on without experience. */
  void failedOpen(String why) {
    registry
        .counter(
            "hone_failed_open",
            "why",
            why.startsWith("took") ? "late" : why.equals("refused") ? why : "broken")
        .increment();
  }

  /** Something was not durable in time: {@code opened} or {@code completed}. */
  void captureMissed(String what) {
    registry.counter("hone_capture_missed", "what", what).increment();
  }

  /** An episode was learned from, or not. */
  void learned(String result, int items) {
    registry.counter("hone_episodes", "result", result).increment();
    registry.counter("hone_lessons").increment(items);
  }

  /** Words of interactions were let go. */
  void pruned(int learned, int unlearned) {
    registry.counter("hone_pruned", "what", "learned").increment(learned);
    registry.counter("hone_pruned", "what", "unlearned").increment(unlearned);
  }

  /** A pool was refined. */
  void refined(int before, int after) {
    registry.counter("hone_refinements").increment();
    registry.counter("hone_items_condensed").increment(Math.max(0, before - after));
  }
}
