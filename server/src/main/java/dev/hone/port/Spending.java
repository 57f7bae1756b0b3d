package dev.hone.port;

import java.time.Duration;
import java.time.LocalDate;

/** What learning cost, by space and day (UTC). Budgets are held against it. */
public interface Spending {

  /**
   * A cost.
   *
   * @param calls answers of the learning model
   * @param tokens its questions and answers
   * @param cpu processor time of distilling without a model, in whole milliseconds when kept
   */
  record Cost(long calls, long tokens, Duration cpu) {

    /** Nothing. */
    public static final Cost NONE = new Cost(0, 0, Duration.ZERO);

    /** One answer of the learning model. */
    public static Cost call(long tokens) {
      return new Cost(1, tokens, Duration.ZERO);
    }

    /** Processor time. */
    public static Cost cpu(Duration time) {
      return new Cost(0, 0, time);
    }
  }

  /** What a space spent on a day; nothing when it spent nothing, or there is no such space. */
  Cost on(String space, LocalDate day);

  /** Adds to what a space spent on a day; durable when this returns. */
  void add(String space, LocalDate day, Cost cost);
}
