package dev.hone.port;

import org.jspecify.annotations.Nullable;

/**
 * Something could not be written durably. Nothing of it was acknowledged; after a broken disk it
 * may be there all the same, so who writes it again says the same thing once, not twice.
 */
public final class Unwritable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why not. */
  public enum Reason {
    /** No space is left; it can be written when there is some again. */
    FULL,
    /** The disk or the file system refuses; the log has its words. */
    BROKEN,
    /** Hone is stopping. */
    CLOSED
  }

  private final Reason reason;

  public Unwritable(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
