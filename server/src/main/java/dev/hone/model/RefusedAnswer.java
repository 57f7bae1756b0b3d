package dev.hone.model;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer with a status that is no success, and when its server wants to be asked again. */
final class RefusedAnswer extends HttpException {

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  RefusedAnswer(int status, String body, Optional<Duration> retryAfter) {
    super(status, body);
    this.retryAfter = retryAfter.orElse(null);
  }

  /** Absent when the server does not say. */
  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
