package dev.hone.lab.environment;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came of an action.
 *
 * @param next what the agent knows now
 * @param reward how good that was, in [0, 1]; absent when the environment does not say
 * @param correction what should have been done, if the environment tells it
 * @param terminated the episode has come to its end
 * @param truncated the episode was cut short, for instance by a limit of the environment
 */
public record Step(
    Situation next,
    OptionalDouble reward,
    Optional<String> correction,
    boolean terminated,
    boolean truncated) {

  public Step {
    if (reward.isPresent() && !(reward.getAsDouble() >= 0 && reward.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          "a reward lies in [0, 1], not " + reward.getAsDouble() + ": scale it");
    }
  }

  /** Whether the episode is over. */
  public boolean done() {
    return terminated || truncated;
  }
}
