package dev.hone.lab.explore;

/**
 * An episode that an agent lived.
 *
 * @param reward the mean of the rewards of its steps, in [0, 1]; 0 when there was none
 * @param steps answers of the agent, refused ones too
 * @param refused actions that were not allowed, and so not taken
 * @param drawn actions drawn at random in place of asking the model
 * @param tokens that the model read and wrote
 * @param end why it ended
 */
public record LivedEpisode(double reward, int steps, int refused, int drawn, long tokens, End end) {

  /** Why an episode ended. */
  public enum End {
    /** It came to its end. */
    TERMINATED,
    /** The environment cut it short. */
    TRUNCATED,
    /** The steps of an episode were used up. */
    STEPS,
    /** The run's tokens or time were used up in the middle of it. */
    BUDGET,
  }
}
