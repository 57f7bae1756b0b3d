package dev.hone.lab.environment;

/** An environment that cannot be used; the message says what is wrong, and what to do. */
public final class EnvironmentFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EnvironmentFailed(String message) {
    super(message);
  }

  EnvironmentFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
