package dev.hone.lab.server;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/**
 * When a refused request is sent again: the server is overloaded, or a model behind it is. The
 * pause doubles, unless the answer says how long to wait.
 */
final class Patience {

  private static final int TOO_MANY = 429;
  private static final Set<Integer> PASSING = Set.of(502, 503, 504);
  private static final int ATTEMPTS_AT_A_LIMIT = 8;
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final long LONGEST_SECONDS = 60;

  private int refused;

  /** Whether to send it again, after waiting. */
  boolean again(HttpResponse<?> answer) throws InterruptedException {
    int status = answer.statusCode();
    refused++;
    boolean again =
        (status == TOO_MANY && refused < ATTEMPTS_AT_A_LIMIT)
            || (PASSING.contains(status) && refused < ATTEMPTS);
    if (again) {
      Thread.sleep(pause(answer));
    }
    return again;
  }

  private Duration pause(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("retry-after")
        .filter(seconds -> seconds.matches("\\d{1,4}"))
        .map(seconds -> Duration.ofSeconds(Math.min(Long.parseLong(seconds), LONGEST_SECONDS)))
        .orElseGet(() -> FIRST.multipliedBy(1L << (refused - 1)));
  }
}
