package dev.hone.lab.server;

/** Hone, or the model behind it, refused or could not be reached; the message says what and why. */
public final class Unanswered extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  Unanswered(String message, Throwable cause) {
    super(message, cause);
  }

  Unanswered(String message) {
    super(message);
  }
}
