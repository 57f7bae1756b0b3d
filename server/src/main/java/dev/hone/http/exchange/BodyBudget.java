package dev.hone.http.exchange;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all bodies of requests that are being served may hold together, so that many large or slow
 * uploads cannot take the memory that everything else needs.
 */
public final class BodyBudget {

  private final long most;
  private final AtomicLong held = new AtomicLong();

  /**
   * @param most bytes
   */
  public BodyBudget(long most) {
    this.most = most;
  }

  /** What one request holds; given back when it is closed. */
  final class Share implements AutoCloseable {

    private long taken;

    /**
     * Takes some more.
     *
     * @throws Problem 503, if too much is held already
     */
    void take(int bytes) {
      if (held.addAndGet(bytes) > most) {
        held.addAndGet(-bytes);
        throw new Problem(
                503,
                "Overloaded",
                "The requests that are being served hold too much memory together. Send this one"
                    + " again later.")
            .header("Retry-After", "1");
      }
      taken += bytes;
    }

    @Override
    public void close() {
      held.addAndGet(-taken);
      taken = 0;
    }
  }
}
