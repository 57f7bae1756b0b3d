package dev.hone;

import dev.hone.experience.Usage;
import dev.hone.port.Spending;
import io.micrometer.core.instrument.Counter;
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

  /**
   * What a model says that a request cost. Compared by mode, the share of cached tokens tells
   * whether experience costs an application its provider's prompt cache.
   */
  void used(String mode, Usage usage) {
    registry.counter("hone_prompt_tokens", "mode", mode).increment(usage.prompt());
    registry.counter("hone_cached_tokens", "mode", mode).increment(usage.cached());
    registry.counter("hone_answer_tokens", "mode", mode).increment(usage.answer());
  }

  /** A request whose answer nobody waited for any more. */
  void abandoned() {
    registry.counter("hone_abandoned").increment();
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

  /** How often something was not durable in time. */
  long capturesMissed() {
    return Math.round(
        registry.find("hone_capture_missed").counters().stream().mapToDouble(Counter::count).sum());
  }

  /** An episode was learned from, or not. */
  void learned(String result, int items) {
    registry.counter("hone_episodes", "result", result).increment();
    registry.counter("hone_lessons").increment(items);
  }

  /** Learning or searching had its cost. */
  void spent(Spending.Cost cost) {
    registry.counter("hone_learning_calls").increment((double) cost.calls());
    registry.counter("hone_learning_tokens").increment((double) cost.tokens());
    registry.counter("hone_learning_cpu_seconds").increment(cost.cpu().toNanos() / 1e9);
    registry.counter("hone_search_seconds").increment(cost.searching().toNanos() / 1e9);
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
