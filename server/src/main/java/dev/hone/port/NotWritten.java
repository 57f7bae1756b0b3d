package dev.hone.port;

/** A write that did not happen, nothing of it, for a reason that lies with the store. */
public final class NotWritten extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** There is no room left on the disk. */
    FULL,
    /** The store cannot be written to: held by somebody else, read-only, or broken. */
    UNWRITABLE
  }

  private final Reason reason;

  public NotWritten(Reason reason, Throwable cause) {
    super("nothing was written: " + cause.getMessage(), cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
