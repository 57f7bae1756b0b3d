package dev.hone.lab.environment;

/**
 * A world in which an agent acts, one episode at a time. For one thread.
 *
 * <p>An episode begins with {@link #reset} and ends with a step that is terminated or truncated, or
 * with the next reset.
 */
public interface Environment extends AutoCloseable {

  /** What it is called, in reports. */
  String name();

  /**
   * Begins an episode; the same seed begins the same one.
   *
   * @throws EnvironmentFailed if the environment cannot be used
   */
  Situation reset(long seed);

  /**
   * Acts.
   *
   * @param action one of those that the situation offers; any text where it offers none
   * @throws IllegalStateException if no episode is under way
   * @throws EnvironmentFailed if the environment cannot be used
   */
  Step step(String action);

  /** Lets go of what it holds. */
  @Override
  default void close() {}
}
