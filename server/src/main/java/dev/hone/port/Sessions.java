package dev.hone.port;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of sessions. A session is what a principal did under one session's name, or in one
 * conversation where it gave none. What was imported counts for nothing: Hone did not answer it.
 */
public interface Sessions {

  /**
   * A session of which an outcome is known.
   *
   * @param began when the first of its interactions that have an outcome was opened
   * @param value the mean of the outcomes' values, in [0, 1]
   * @param shown whether experience stood in the prompt of one of these
   * @param type the topic of the item shown first; absent when none was
   */
  record Judged(Instant began, double value, boolean shown, @Nullable String type) {}

  /**
   * What tells that other outcomes are known than before.
   *
   * @param outcomes how many there are
   * @param newest when the newest one came; the epoch when there is none
   */
  record Known(int outcomes, Instant newest) {}

  /** What is known of a space, told at little cost. */
  Known known(String space);

  /**
   * Sessions of a space in the order in which they began. Of an outcome by one of these metrics its
   * value counts, and a correction without one counts as 0; of what a principal says of an
   * interaction by one metric, the last word counts.
   *
   * @param from interactions opened then or later
   * @param until and before; absent for no end
   * @param most of the newest interactions that have an outcome, so many at most
   */
  List<Judged> judged(
      String space, Collection<String> metrics, Instant from, @Nullable Instant until, int most);
}
