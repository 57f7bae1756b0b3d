package dev.hone.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The spaces there are. */
public interface Spaces {

  /** How a space turns interactions into experience. */
  enum LearningMode {
    /** Episodes are distilled. */
    DISTILL,
    /**
     * Each record is kept as it is: the paper's memory-based baseline, without admission or
     * refinement.
     */
    RAW,
    /** Nothing is learned. */
    OFF
  }

  /** A pool: the hard wall of isolation. */
  record Space(String name, LearningMode learning) {}

  /**
   * The last refinement of a space.
   *
   * @param at when it ended; when the space was made, if there was none
   * @param size items shown after it
   */
  record Refined(Instant at, int size) {}

  Optional<Space> space(String name);

  /** All spaces, by name. */
  List<Space> list();

  /** Makes a space; false when there is one of that name, which then stays as it is. */
  boolean create(Space space);

  /** Changes how a space learns; false when there is no such space, or it learns otherwise. */
  boolean change(String name, LearningMode from, LearningMode to);

  /**
   * The last refinement of a space.
   *
   * @throws IllegalArgumentException if there is no such space
   */
  Refined refined(String space);

  /** Keeps what is to be known of a refinement. */
  void refined(String space, Refined refined);
}
