package dev.hone;

/** A command that cannot do what it was asked; the message says why, and what to do. */
final class CommandFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CommandFailed(String message) {
    super(message);
  }
}
