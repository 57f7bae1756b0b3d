package dev.hone.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;

/**
 * When a server wants to be asked again: {@code retry-after-ms} (milliseconds, as OpenAI's servers
 * say), else {@code Retry-After} (RFC 9110: seconds, or a date).
 */
final class RetryAfter {

  private static final Duration LONGEST = Duration.ofDays(1);

  private final InstantSource clock;

  RetryAfter(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * How long to wait, at most a day; empty when nothing is said that can be read, or no wait at
   * all: this is asked for what failed.
   *
   * @param header gives the value of a header
   */
  Optional<Duration> in(Function<String, Optional<String>> header) {
    return header
        .apply("retry-after-ms")
        .flatMap(RetryAfter::number)
        .map(Duration::ofMillis)
        .filter(Duration::isPositive)
        .or(() -> header.apply("retry-after").flatMap(this::secondsOrDate))
        .filter(Duration::isPositive)
        .map(wait -> wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
  }

  private Optional<Duration> secondsOrDate(String text) {
    return number(text).map(Duration::ofSeconds).or(() -> date(text));
  }

  private static Optional<Long> number(String text) {
    return text.strip().matches("\\d{1,15}")
        ? Optional.of(Long.parseLong(text.strip()))
        : Optional.empty();
  }

  private Optional<Duration> date(String text) {
    try {
      Instant then =
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(clock.instant(), then));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
