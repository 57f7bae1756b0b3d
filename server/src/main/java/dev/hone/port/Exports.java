package dev.hone.port;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a space piece by piece, so that it can be carried elsewhere. What was forgotten is not
 * among it, nor what is being written.
 */
public interface Exports {

  /**
   * A moment of a space, as of which it is read although it goes on.
   *
   * @param sequence of the newest commit, 0 when there is none
   * @param open the episodes that gather
   * @param last the newest episode's id, empty when there is none
   */
  record Moment(long sequence, Set<String> open, String last) {}

  /** This moment. */
  Moment moment(String space);

  /**
   * Episodes that were closed at a moment, with their interactions, by id, behind this one; those
   * that were learned from since as if they waited for it.
   */
  List<Carried.Episode> episodes(String space, Moment moment, @Nullable String after, int limit);

  /** Interactions in no episode that was closed at a moment, by id, behind this one. */
  List<Carried.Recording> interactions(
      String space, Moment moment, @Nullable String after, int limit);

  /**
   * Interactions that items rest on, by id, behind this one, as if their words had been let go (see
   * {@link Retention}).
   */
  List<Carried.Recording> wordless(String space, long sequence, @Nullable String after, int limit);

  /** Items as they are after a commit, withdrawn ones too, by id, behind this one. */
  List<Carried.Item> items(String space, long sequence, @Nullable String after, int limit);
}
