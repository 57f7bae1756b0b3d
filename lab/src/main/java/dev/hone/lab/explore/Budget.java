package dev.hone.lab.explore;

import java.time.Duration;

/**
 * What a run may use.
 *
 * @param episodes at most
 * @param steps of one episode, at most
 * @param tokens of the model, questions and answers of all arms; 0 for no limit
 * @param time from the first episode on; zero for no limit
 */
public record Budget(int episodes, int steps, long tokens, Duration time) {

  public Budget {
    if (episodes < 1 || steps < 1 || tokens < 0 || time.isNegative()) {
      throw new IllegalArgumentException(
          "a budget has at least one episode and one step, and no negative tokens or time");
    }
  }
}
