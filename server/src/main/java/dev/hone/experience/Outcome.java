package dev.hone.experience;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened after an answer.
 *
 * @param id unique
 * @param interaction the interaction it speaks of
 * @param metric what is measured, such as {@code correct}, {@code reward}, {@code rating}
 * @param value the measure, in [0, 1] (true is 1, false is 0); absent when only words were said
 * @param correction the answer that would have been right
 * @param comment anything else said
 * @param principal who said so
 * @param at when
 */
public record Outcome(
    String id,
    String interaction,
    String metric,
    @Nullable Double value,
    @Nullable String correction,
    @Nullable String comment,
    String principal,
    Instant at) {

  public Outcome {
    if (value != null && !(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("an outcome's value lies in [0, 1], not " + value);
    }
    if (metric.isBlank()) {
      throw new IllegalArgumentException("an outcome names its metric");
    }
  }

  /**
   * What it says, each in words that evidence can quote; a bare measure as {@code metric=value}.
   */
  public List<String> words() {
    List<String> words = new ArrayList<>(told());
    if (value != null) {
      words.add(metric + "=" + value);
    }
    return words;
  }

  /** What it says in somebody's own words: correction and comment. */
  public List<String> told() {
    return Stream.of(correction, comment).filter(Objects::nonNull).toList();
  }

  /** Whether it says that the answer was good. */
  public boolean positive() {
    return correction == null && value != null && value >= 0.5;
  }

  /** Whether it says that the answer was bad. */
  public boolean negative() {
    return correction != null || (value != null && value < 0.5);
  }
}
