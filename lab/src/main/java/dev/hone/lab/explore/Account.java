package dev.hone.lab.explore;

import java.util.Optional;
import java.util.function.LongSupplier;

/** What a run has used of its budget. */
public final class Account {

  private final Budget budget;
  private final LongSupplier nanos;
  private final long start;
  private long tokens;

  /**
   * @param nanos a clock, in nanoseconds
   */
  public Account(Budget budget, LongSupplier nanos) {
    this.budget = budget;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /** Notes that the model has read and written so many tokens. */
  public void spend(long more) {
    tokens += more;
  }

  /** What is used up, in words; empty as long as there is something left. */
  public Optional<String> exhausted() {
    if (budget.tokens() > 0 && tokens >= budget.tokens()) {
      return Optional.of(tokens + " of " + budget.tokens() + " tokens are used");
    }
    if (budget.time().isPositive() && nanos.getAsLong() - start >= budget.time().toNanos()) {
      return Optional.of("the " + budget.time().toSeconds() + " seconds are over");
    }
    return Optional.empty();
  }
}
