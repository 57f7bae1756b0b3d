package dev.hone.port;

import java.time.LocalDate;
import java.util.List;

/** What learning, experience and answers cost, by space and day (UTC), in tokens. */
public interface Costs {

  /**
   * Tokens as models counted them.
   *
   * @param prompt tokens of prompts
   * @param cached those of them that the provider had cached
   * @param answer tokens of answers
   */
  record Tokens(long prompt, long cached, long answer) {}

  /**
   * A day on which something was answered, learned or searched.
   *
   * @param spent what learning and searching cost
   * @param interactions that were recorded; not those that were imported
   * @param uncounted those of them whose tokens no model counted
   * @param augmented those of them in whose prompts experience stood
   * @param injected tokens of the items in these prompts, estimated
   * @param tokens of all whose tokens are known
   */
  record Day(
      LocalDate day,
      Spending.Cost spent,
      int interactions,
      int uncounted,
      int augmented,
      long injected,
      Tokens tokens) {}

  /**
   * What each token of a session counts.
   *
   * @param prompt one of a prompt
   * @param cached one of a prompt that the provider had cached
   * @param answer one of an answer
   */
  record Weights(double prompt, double cached, double answer) {
    /** Each token counts one. */
    public static final Weights TOKENS = new Weights(1, 1, 1);
  }

  /**
   * What sessions cost.
   *
   * @param size how many
   * @param mean 0 when there are none
   * @param variance of the population that they are drawn from, estimated; 0 for fewer than two
   */
  record Sample(int size, double mean, double variance) {
    /** No session. */
    public static final Sample NONE = new Sample(0, 0, 0);
  }

  /** The days from one on, in their order. */
  List<Day> days(String space, LocalDate from);

  /** What learning and searching cost in all. */
  Spending.Cost spent(String space);

  /**
   * What those sessions of one arm cost that were closed, drawn while some were held out, and whose
   * tokens are known.
   *
   * @param shown those that were to be shown what they found; or those that were held out
   */
  Sample sessions(String space, boolean shown, Weights weights);
}
