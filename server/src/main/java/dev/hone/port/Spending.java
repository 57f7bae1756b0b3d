package dev.hone.port;

import java.time.Duration;
import java.time.LocalDate;

/** What learning and searching cost, by space and day (UTC). Budgets are held against it. */
public interface Spending {

  /**
   * A cost. Times are kept in whole milliseconds. Processor time is the time that passes where it
   * is not measured ({@link Effort}).
   *
   * @param calls answers of the learning model
   * @param tokens its questions and answers
   * @param distilling processor time of distilling without a model
   * @param keeping processor time of admitting, storing, refining and indexing
   * @param searching time that searches took
   */
  record Cost(long calls, long tokens, Duration distilling, Duration keeping, Duration searching) {

    /** Nothing. */
    public static final Cost NONE = new Cost(0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** One answer of the learning model. */
    public static Cost call(long tokens) {
      return new Cost(1, tokens, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /** Processor time of distilling. */
    public static Cost distilling(Duration time) {
      return new Cost(0, 0, time, Duration.ZERO, Duration.ZERO);
    }

    /** Processor time of admitting, storing, refining or indexing. */
    public static Cost keeping(Duration time) {
      return new Cost(0, 0, Duration.ZERO, time, Duration.ZERO);
    }

    /** Time of a search. */
    public static Cost searching(Duration time) {
      return new Cost(0, 0, Duration.ZERO, Duration.ZERO, time);
    }

    /** Both together. */
    public Cost plus(Cost other) {
      return new Cost(
          calls + other.calls,
          tokens + other.tokens,
          distilling.plus(other.distilling),
          keeping.plus(other.keeping),
          searching.plus(other.searching));
    }

    /** Processor time of learning: of distilling without a model, and of keeping. */
    public Duration cpu() {
      return distilling.plus(keeping);
    }
  }

  /** What a space spent on a day; nothing when it spent nothing, or there is no such space. */
  Cost on(String space, LocalDate day);

  /**
   * Adds to what a space spent on a day. Calls and tokens are durable when this returns, times
   * within seconds.
   */
  void add(String space, LocalDate day, Cost cost);
}
