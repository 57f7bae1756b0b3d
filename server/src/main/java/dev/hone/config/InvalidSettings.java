package dev.hone.config;

/** Settings that cannot be used; the message says which one, why, and what to do. */
public final class InvalidSettings extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvalidSettings(String message) {
    super(message);
  }
}
