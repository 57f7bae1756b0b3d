package dev.hone.wire;

/**
 * A request or answer that cannot be read; the message says what is wrong, in words for its sender.
 */
public final class Malformed extends Exception {

  private static final long serialVersionUID = 1L;

  public Malformed(String message) {
    super(message);
  }

  /** What is wrong. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** The first line of a parser's message, without its excerpt of the source. */
  public static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
