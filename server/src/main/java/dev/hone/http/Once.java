package dev.hone.http;

import dev.hone.experience.Digest;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Problem;
import dev.hone.port.Replays;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers a request with an {@code Idempotency-Key} once: sent again, it gets the answer it got,
 * and nothing happens.
 */
public final class Once {

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final Replays replays;
  private final InstantSource clock;
  private final Duration kept;

  /**
   * @param kept how long an answer is kept
   */
  public Once(Replays replays, InstantSource clock, Duration kept) {
    this.replays = replays;
    this.clock = clock;
    this.kept = kept;
  }

  Answer answer(Ask ask, Endpoint.Handler handler) {
    String header = Exchange.header(ask.request(), "idempotency-key");
    if (header == null) {
      Answer answer = handler.answer(ask);
      answer.effect().run();
      return answer;
    }
    Replays.Key key = new Replays.Key(ask.principal(), name(header));
    String space = ask.space();
    String fingerprint = fingerprint(ask, space);
    Instant now = clock.instant();
    Instant since = now.minus(kept);
    Optional<Replays.Kept> before = replays.kept(key, since);
    if (before.isPresent()) {
      return again(before.get(), fingerprint);
    }
    Answer answer = handler.answer(ask);
    Replays.Kept keep =
        new Replays.Kept(space, fingerprint, answer.status(), answer.headers(), answer.body());
    return replays
        .once(key, keep, now, since, answer.effect())
        .map(earlier -> again(earlier, fingerprint))
        .orElse(answer);
  }

  /** The key; quoted as the draft has it (a string of RFC 8941), or bare. */
  private static String name(String header) {
    String key = header.strip();
    if (key.length() > 1 && key.startsWith("\"") && key.endsWith("\"")) {
      key = key.substring(1, key.length() - 1);
    }
    if (!KEY.matcher(key).matches()) {
      throw Problem.badRequest(
          "'Idempotency-Key' has 1 to 255 visible ASCII characters, such as a UUID.");
    }
    return key;
  }

  private static String fingerprint(Ask ask, String space) {
    return Digest.of(
            ask.request().prologue().method().text(),
            ask.request().prologue().uriPath().path(),
            space,
            ask.body().toString())
        .value();
  }

  private static Answer again(Replays.Kept kept, String fingerprint) {
    if (!kept.fingerprint().equals(fingerprint)) {
      throw new Problem(
          422,
          "Idempotency key reused",
          "This Idempotency-Key belongs to another request. Take a new key for a new request.");
    }
    return new Answer(kept.status(), "application/json", kept.headers(), kept.body(), () -> {})
        .header("Idempotency-Replayed", "true");
  }
}
