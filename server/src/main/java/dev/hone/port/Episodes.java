package dev.hone.port;

import dev.hone.experience.Episode;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Interaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The durable episodes: what was put together, and what still has to be learned from. */
public interface Episodes {

  /**
   * An episode as listed.
   *
   * @param id unique
   * @param space the pool
   * @param principal whose
   * @param revision from 1
   * @param state where it stands
   * @param size interactions in it
   * @param lastAt when the newest one was taken
   * @param note why nothing came of it, or why it failed
   * @param raw what the learning model answered, when that is why it failed
   */
  record Summary(
      String id,
      String space,
      String principal,
      int revision,
      EpisodeState state,
      int size,
      Instant lastAt,
      @Nullable String note,
      @Nullable String raw) {}

  /** Completed interactions that are in no episode yet, oldest first. */
  List<Interaction> unbuffered(int limit);

  /** An interaction and the episode that it belongs to. */
  record Place(String episode, Interaction interaction) {}

  /** Puts interactions in episodes, all as one; an episode that does not exist yet is opened. */
  void put(List<Place> places);

  /** The open episodes, oldest first. */
  List<Summary> open();

  /** Closes open episodes: they wait to be distilled. */
  void close(List<String> episodes);

  /** The episode that has waited longest and is due, if any. */
  Optional<Episode> due(Instant now);

  /** When the oldest waiting work was taken: the age of the backlog. */
  Optional<Instant> waitingSince();

  /** Interactions without an episode, plus open and closed episodes; in one space, or in all. */
  int backlog(@Nullable String space);

  /** Whether every interaction of a space that was completed by then has been learned from. */
  boolean learnedUntil(String space, Instant until);

  /**
   * Marks an episode as distilled with nothing to store, and says why; ignored when a newer
   * revision exists.
   */
  void nothingLearned(Episode episode, String why);

  /**
   * Puts an episode off, to be tried again after this time, doubled with each attempt, at most an
   * hour.
   */
  void postpone(Episode episode, String why, Instant now, Duration after);

  /** Has an episode wait until then, and says why; this is no attempt at it. */
  void defer(Episode episode, String why, Instant until);

  /**
   * Has an episode distilled again, as a new revision; an open one stays open.
   *
   * @return the revision to come; empty when there is no such episode, or it is open, or words of
   *     it were let go
   */
  Optional<Integer> again(String space, String id);

  /** Sets an episode aside for a person, with what the model answered. */
  void fail(Episode episode, String why, String raw);

  Optional<Episode> episode(String space, String id);

  /** How much was captured and put together, and how many episodes failed. */
  record Counts(int interactions, int episodes, int failed) {}

  Counts counts(String space);

  /** A principal's episodes, newest first, before this id (all when absent). */
  List<Summary> list(
      String space,
      String principal,
      @Nullable EpisodeState state,
      @Nullable String before,
      int limit);
}
