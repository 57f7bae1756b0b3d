package dev.hone.port;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The answers given to requests that may be sent again (the header {@code Idempotency-Key} of the
 * IETF's draft of that name). An answer and what it tells of become durable in one transaction.
 */
public interface Replays {

  /**
   * Names a request.
   *
   * @param principal who asks
   * @param name the key that the client chose
   */
  record Key(String principal, String name) {}

  /**
   * An answer.
   *
   * @param space the pool it speaks of
   * @param fingerprint a digest of the request: another request under the same key is an error
   * @param status HTTP status
   * @param headers what stands in its header besides
   * @param body bytes
   */
  record Kept(
      String space, String fingerprint, int status, Map<String, String> headers, byte[] body) {}

  /** The answer given under a key since then, if any. */
  Optional<Kept> kept(Key key, Instant since);

  /**
   * Carries out a request once: its first write takes the answer with it.
   *
   * @param since answers given before are forgotten
   * @param effect what the answer tells of
   * @return the answer that was there already; nothing of the effect has then happened
   */
  Optional<Kept> once(Key key, Kept answer, Instant now, Instant since, Runnable effect);
}
