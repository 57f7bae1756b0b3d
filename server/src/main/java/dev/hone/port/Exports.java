package dev.hone.port;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a space piece by piece, so that it can be carried elsewhere. What was forgotten is not
 * among it, nor what is being written.
 */
public interface Exports {

  /** Episodes that are closed, with their interactions, by id, behind this one. */
  List<Carried.Episode> episodes(String space, @Nullable String after, int limit);

  /** Interactions in no closed episode, by id, behind this one. */
  List<Carried.Recording> interactions(String space, @Nullable String after, int limit);

  /**
   * Interactions that items rest on, by id, behind this one, as if their words had been let go (see
   * {@link Retention}).
   */
  List<Carried.Recording> wordless(String space, long sequence, @Nullable String after, int limit);

  /** Items as they are after a commit, withdrawn ones too, by id, behind this one. */
  List<Carried.Item> items(String space, long sequence, @Nullable String after, int limit);
}
