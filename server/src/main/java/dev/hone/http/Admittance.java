package dev.hone.http;

import dev.hone.http.exchange.Problem;
import dev.hone.port.Unwritable;
import dev.hone.port.WriteLoad;
import java.time.Duration;

/**
 * Refuses native writes while the journal cannot keep up, so that what chat requests capture goes
 * first. Chat itself is never refused.
 */
public final class Admittance {

  private final WriteLoad load;
  private final int writes;
  private final Duration wait;

  /**
   * @param writes writes waiting from which native ones are refused
   * @param wait how long the oldest may wait before native ones are refused
   */
  public Admittance(WriteLoad load, int writes, Duration wait) {
    this.load = load;
    this.writes = writes;
    this.wait = wait;
  }

  /**
   * Lets a native write go on.
   *
   * @throws Problem 503, if it has to come again later
   */
  void check() {
    WriteLoad.Load now = load.load();
    if (now.writes() >= writes || now.oldest().compareTo(wait) > 0) {
      throw busy(
          "The journal has "
              + now.writes()
              + " writes waiting, the oldest for "
              + now.oldest().toMillis()
              + " ms.");
    }
  }

  /** What is told when a write did not happen, or nobody knows whether it did. */
  static Problem problem(Unwritable e) {
    return switch (e.reason()) {
      case FULL ->
          new Problem(
              507,
              "Insufficient storage",
              "Nothing was taken: the disk of Hone's data folder is full. Free some space there and"
                  + " send the request again; no restart is needed.");
      case BROKEN ->
          later(
              "Not written",
              "Nothing was acknowledged: Hone cannot write to its data folder, and its log says"
                  + " why. Send the request again later.");
      case CLOSED ->
          later("Stopping", "Nothing was taken: Hone is stopping. Send the request again later.");
    };
  }

  private static Problem busy(String why) {
    return later("Overloaded", why + " Nothing of this request was written; send it again later.");
  }

  private static Problem later(String title, String detail) {
    return new Problem(503, title, detail).header("Retry-After", "1");
  }
}
