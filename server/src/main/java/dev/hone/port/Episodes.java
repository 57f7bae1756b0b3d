package dev.hone.port;

import dev.hone.experience.Episode;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Interaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
   * @param size interactions in it, without those that only repeat others
   * @param repetitions interactions that said exactly what one of it had said, and are only counted
   * @param tokens of what it holds, estimated
   * @param lastAt when the newest one was taken
   * @param attempts how often its revision was put off, or broke
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
      int repetitions,
      int tokens,
      Instant lastAt,
      int attempts,
      @Nullable String note,
      @Nullable String raw) {}

  /** Completed interactions that are in no episode yet, oldest first. */
  List<Interaction> unbuffered(int limit);

  /**
   * An interaction and the episode that it belongs to.
   *
   * @param tokens what it costs, estimated
   * @param repeats the interaction of that episode that said exactly the same before, if any
   */
  record Place(String episode, Interaction interaction, int tokens, @Nullable String repeats) {
    public Place(String episode, Interaction interaction) {
      this(episode, interaction, 0, null);
    }
  }

  /**
   * Puts interactions in episodes, all as one; an episode that does not exist yet is opened. One
   * that repeats another and has no outcome of its own is counted: it is no member of the episode,
   * and of its answer only the reassembled one is kept.
   */
  void put(List<Place> places);

  /**
   * What an episode has taken.
   *
   * @param repeats the interaction that it repeats; absent for a member
   */
  record Taken(Interaction interaction, @Nullable String repeats) {}

  /** All that an episode has taken, oldest first, repetitions included. */
  List<Taken> taken(String space, String episode);

  /** The open episodes, oldest first. */
  List<Summary> open();

  /** The open episodes for which a value or a correction came, and when the newest one came. */
  Map<String, Instant> judged();

  /** Closes open episodes: they wait to be distilled, from now on. */
  void close(List<String> episodes, Instant now);

  /**
   * The episode that has waited longest and is due, if any; what is to be learned again, and what
   * was imported closed, comes before others.
   */
  Optional<Episode> due(Instant now);

  /**
   * When what waits longest was taken, episodes that gather included: the age of the backlog. What
   * was put off or deferred does not wait.
   */
  Optional<Instant> waitingSince(Instant now);

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

  /**
   * Has every closed episode of a space wait until then, and says why; this is no attempt at them.
   */
  void defer(String space, String why, Instant until);

  /**
   * Has an episode distilled again, as a new revision; an open one stays open.
   *
   * @return the revision to come; empty when there is no such episode, or it is open, or words of
   *     it were let go
   */
  Optional<Integer> again(String space, String id);

  /**
   * Tells that learning from an episode broke: it is put off like a {@linkplain #postpone
   * postponed} one, or, the {@code most}th time, set aside for a person.
   */
  void broke(Episode episode, String why, Instant now, Duration after, int most);

  /** Sets an episode aside for a person, with what the model answered. */
  void fail(Episode episode, String why, String raw);

  /**
   * The episodes of a space that were set aside, newest first, before this id (all when absent).
   */
  List<Summary> failed(String space, @Nullable String before, int limit);

  /**
   * Has learning try an episode that was set aside once more; false when there is none of that id,
   * or when its words were let go.
   */
  boolean retry(String space, String id);

  /** Gives up an episode that was set aside; false when there is none of that id. */
  boolean drop(String space, String id, String why);

  /** An episode with its members. */
  Optional<Episode> episode(String space, String id);

  Optional<Summary> summary(String space, String id);

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
