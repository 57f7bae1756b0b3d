package dev.hone.lab.environment;

import java.util.List;
import java.util.Map;

/**
 * What an agent knows before it acts.
 *
 * @param observation what it sees
 * @param actions what it can do; empty when any text is an action
 * @param info anything else; {@link #INSTRUCTIONS} are told to the agent, the rest is for records
 */
public record Situation(String observation, List<String> actions, Map<String, String> info) {

  /** The key of the rules of the environment, in words. */
  public static final String INSTRUCTIONS = "instructions";

  public Situation {
    actions = List.copyOf(actions);
    info = Map.copyOf(info);
  }

  /** The end: there is nothing more to do. */
  static Situation end(String observation) {
    return new Situation(observation, List.of(), Map.of());
  }
}
