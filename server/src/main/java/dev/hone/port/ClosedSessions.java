package dev.hone.port;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that are over and found experience: the units by which is judged whether it helped. A
 * session is what was asked in one conversation, which is that of the application's session where
 * it names one.
 */
public interface ClosedSessions {
  /**
   * An item that a session found.
   *
   * @param shown whether it was shown, or dropped
   * @param probability with which it was drawn to be shown, in (0, 1]
   */
  record Found(String experience, int version, boolean shown, double probability) {}

  /**
   * A session that is over and found experience.
   *
   * @param sequence its place in the order in which sessions were closed
   * @param shown whether it was to be shown what it found, or was held out
   * @param holdout the share of sessions that were held out then, in [0, 1)
   * @param type the topic of what was found first; absent where that is not known any more
   * @param tokens of its prompts and answers; absent where the model did not count them
   * @param value the mean outcome by the metric asked for, in [0, 1]; absent when nothing was said
   * @param items what it found; none of a session that was held out
   * @param closed when it was closed
   */
  record Closed(
      long sequence,
      boolean shown,
      double holdout,
      @Nullable String type,
      @Nullable Integer tokens,
      @Nullable Double value,
      List<Found> items,
      Instant closed) {
    public Closed {
      items = List.copyOf(items);
    }
  }

  /**
   * Closes sessions whose last interaction was opened by then and that found experience, oldest
   * first; what is said of them later does not count. A session that goes on after it was closed
   * stays as it was.
   *
   * @param most so many interactions are looked at
   * @return whether there may be more
   */
  boolean close(Instant until, Instant now, int most);

  /**
   * Sessions of a space in the order in which they were closed.
   *
   * @param after those of a greater sequence
   * @param most so many at most
   */
  List<Closed> closed(String space, String metric, long after, int most);

  /** The metrics by which closed sessions of a space were judged, with how many sessions were. */
  Map<String, Integer> metrics(String space);
}
