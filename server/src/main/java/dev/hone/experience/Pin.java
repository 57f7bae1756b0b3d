package dev.hone.experience;

import org.jspecify.annotations.Nullable;

/**
 * The commit as of which a pool is seen.
 *
 * @param commit its id; absent for the newest state
 * @param sequence its place in the pool's chain; {@link Query#HEAD} for the newest state
 */
public record Pin(@Nullable String commit, long sequence) {

  /** The newest state. */
  public static final Pin NONE = new Pin(null, Query.HEAD);
}
