package dev.hone.outcome;

import java.math.BigInteger;
import java.util.function.UnaryOperator;

/**
 * Draws which sessions are held out, and which items are dropped in a session: by a keyed hash, so
 * that a draw is the same whenever and wherever it is made, and nobody outside can choose it. A
 * session that is held out is shown nothing new. An item that is dropped is left out, and no other
 * takes its place. The two are drawn independently of one another, of the words and of what else is
 * shown.
 */
public final class Assignment {

  private static final int BITS = 53;
  private static final int HEXADECIMAL = 16;
  private static final int DIGITS = 14;

  private final double holdout;
  private final double dropout;
  private final UnaryOperator<String> keyed;

  /**
   * @param holdout share of sessions held out, in [0, 1)
   * @param dropout probability with which an item is dropped from a session, in [0, 1)
   * @param keyed a keyed digest of a text, in at least 14 hexadecimal digits
   */
  public Assignment(double holdout, double dropout, UnaryOperator<String> keyed) {
    this.holdout = holdout;
    this.dropout = dropout;
    this.keyed = keyed;
  }

  /** The share of sessions held out. */
  public double holdout() {
    return holdout;
  }

  /** The probability with which an item is shown that a session finds, over both draws. */
  public double probability() {
    return (1 - holdout) * (1 - dropout);
  }

  /** Whether a session is held out. */
  public boolean heldOut(String space, String conversation) {
    return holdout > 0 && uniform("holdout", space, conversation) < holdout;
  }

  /** Whether an item is dropped from a session. */
  public boolean dropped(String space, String conversation, String experience) {
    return dropout > 0 && uniform("dropout", space, conversation, experience) < dropout;
  }

  /** A number in (0, 1), drawn for these words. */
  public double uniform(String... words) {
    String digest = keyed.apply(String.join("\n", words));
    long bits = new BigInteger(digest.substring(0, DIGITS), HEXADECIMAL).longValue() >>> 3;
    return (bits + 0.5) / (1L << BITS);
  }
}
