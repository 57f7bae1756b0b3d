package dev.hone.lab.data;

/** Data that cannot be used; the message says where, what is wrong, and what to do. */
public final class BadData extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BadData(String message) {
    super(message);
  }
}
