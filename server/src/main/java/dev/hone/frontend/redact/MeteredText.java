package dev.hone.frontend.redact;

/**
 * A text of which so many characters can be read only, its parts' included: this ends a regular
 * expression that backtracks without end. For one thread.
 */
final class MeteredText implements CharSequence {

  /** The readings are used up. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exhausted() {
      super("a rule takes too long", null, false, false);
    }
  }

  private final String text;
  private final long[] left;

  MeteredText(String text) {
    this(text, new long[1]);
  }

  private MeteredText(String text, long[] left) {
    this.text = text;
    this.left = left;
  }

  /** Allows this many readings from now on. */
  void allow(long readings) {
    left[0] = readings;
  }

  /** A part of it, on the same meter. */
  MeteredText part(int start, int end) {
    return new MeteredText(text.substring(start, end), left);
  }

  @Override
  public char charAt(int index) {
    if (--left[0] < 0) {
      throw new Exhausted();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
