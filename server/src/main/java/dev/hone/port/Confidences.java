package dev.hone.port;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Answers that said how sure the model was, and what came of them: known once nothing was asked in
 * their conversation for a while. What is said of an answer later does not count.
 */
public interface Confidences {

  /** What stood in the prompt of an answer. */
  enum Arm {
    /** Experience. */
    SHOWN,
    /** Experience was found, and held back by lot. */
    HOLDOUT,
    /** Neither. */
    NOTHING
  }

  /**
   * An answer.
   *
   * @param day of its request (UTC)
   * @param confidence in [0, 1]
   * @param value what came of it, in [0, 1]
   */
  record Said(LocalDate day, Arm arm, double confidence, double value) {}

  /** The answers of a space that were judged by a metric, from a day on, by day. */
  List<Said> said(String space, String metric, LocalDate from);

  /** The metrics by which answers of a space were judged, with how many were. */
  Map<String, Integer> metrics(String space);
}
