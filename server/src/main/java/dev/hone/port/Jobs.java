package dev.hone.port;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Durable work besides learning from episodes. A job that was enqueued is done, or waits, or was
 * set aside for a person; a restart loses none. One that stopped half-way is done again, so {@link
 * Work} bears repetition.
 */
public interface Jobs {

  /** What is to be done. */
  enum Kind {
    /** A refinement pass over a space. */
    REFINE
  }

  /** Where a job stands; one that is done is no more. */
  enum State {
    /** Waits until it is due. */
    WAITING,
    /** Set aside for a person. */
    FAILED
  }

  /**
   * A job.
   *
   * @param id unique, time-ordered
   * @param space the pool
   * @param kind what is to be done
   * @param subject to what, empty for the space as a whole
   * @param state where it stands
   * @param dueAt when it may be done
   * @param attempts how often it broke
   * @param note why it broke last
   * @param madeAt when it was enqueued
   */
  record Job(
      String id,
      String space,
      Kind kind,
      String subject,
      State state,
      Instant dueAt,
      int attempts,
      @Nullable String note,
      Instant madeAt) {

    /** A new job, due from then on. */
    public static Job of(String id, String space, Kind kind, String subject, Instant due) {
      return new Job(id, space, kind, subject, State.WAITING, due, 0, null, due);
    }
  }

  /**
   * Enqueues a job; false, and nothing happens, when there is one of its space, kind and subject
   * already, be it set aside.
   */
  boolean enqueue(Job job);

  /** The job of these kinds that has been due longest, if any is. */
  Optional<Job> due(Set<Kind> kinds, Instant now);

  /** Ends a job that was done. */
  void done(Job job);

  /**
   * Tells that a job broke: it is tried again after this time, doubled with each attempt, at most
   * an hour; or, the {@code most}th time, set aside for a person.
   */
  void broke(Job job, String why, Instant now, Duration after, int most);

  /** The jobs of a space that were set aside, newest first, before this id (all when absent). */
  List<Job> failed(String space, @Nullable String before, int limit);

  /** Has a job that was set aside tried once more; false when there is none of that id. */
  boolean retry(String space, String id, Instant now);

  /** Gives up a job that was set aside; false when there is none of that id. */
  boolean drop(String space, String id);
}
