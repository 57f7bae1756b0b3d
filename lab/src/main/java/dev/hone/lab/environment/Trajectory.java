package dev.hone.lab.environment;

import java.util.List;

/**
 * A recorded run: what an agent saw before each thing it did.
 *
 * @param id as recorded
 * @param instructions its system messages, empty when it has none
 * @param turns in order, at least one
 * @param reward of the whole run, in [0, 1]
 */
public record Trajectory(String id, String instructions, List<Turn> turns, double reward) {

  /** The action of an agent that says something and calls no tool. */
  public static final String RESPOND = "respond";

  public Trajectory {
    turns = List.copyOf(turns);
  }

  /**
   * One thing done.
   *
   * @param observation what was said since the one before
   * @param action the name of the first tool called, or {@link #RESPOND}
   */
  public record Turn(String observation, String action) {}
}
