package dev.hone.port;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Decision;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Kind;
import dev.hone.experience.Pin;
import dev.hone.experience.Query;
import dev.hone.experience.Relation;
import dev.hone.experience.State;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The truth about experience: versions, evidence, and the chain of commits of each space. */
public interface Pool {

  /**
   * Changes to be made as one.
   *
   * @param space the pool
   * @param kind what sort of change
   * @param author who makes it
   * @param reason why
   * @param changes in order; none only with an episode, which then counts as learned without a
   *     commit
   * @param learned the episode that this comes of; at the same instant it counts as learned. If
   *     that revision has been learned before, or there is a newer one, nothing happens
   * @param decisions what became of the episode's drafts; kept only with an episode
   */
  record ChangeSet(
      String space,
      Commit.Kind kind,
      String author,
      String reason,
      List<Change> changes,
      @Nullable Episode learned,
      List<Decision> decisions) {

    public ChangeSet {
      changes = List.copyOf(changes);
      decisions = List.copyOf(decisions);
    }

    /** Changes that decide about no drafts. */
    public ChangeSet(
        String space,
        Commit.Kind kind,
        String author,
        String reason,
        List<Change> changes,
        @Nullable Episode learned) {
      this(space, kind, author, reason, changes, learned, List.of());
    }
  }

  /** A version as the index projects it: shown from one commit until another. */
  record Projected(Experience experience, long until) {}

  /**
   * Makes the changes, in one transaction; empty when there are none, and when the episode's
   * revision had been learned from already or is not the newest.
   */
  Optional<Commit> apply(ChangeSet changes);

  /**
   * A new commit whose state equals the state after commit {@code sequence}; empty when nothing
   * differs.
   *
   * @throws IllegalArgumentException if the space has no such commit
   */
  Optional<Commit> restore(String space, long sequence, String author, String reason);

  /**
   * What a {@link #restore} would do now.
   *
   * @param commit the commit as it would be, but for its id and time
   * @param differences what it would change, as far as it may be read
   */
  record Foreseen(Commit commit, List<Difference> differences) {}

  /**
   * What {@link #restore} would do now, by the same rules, and nothing of it is done; empty when
   * nothing differs.
   *
   * @param author who would do it, and who reads the differences
   * @throws IllegalArgumentException if the space has no such commit
   */
  Optional<Foreseen> foreseeRestore(String space, long sequence, String author, String reason);

  /** The newest version of one item. */
  Optional<Experience> experience(String space, String id);

  /** These versions of items, by id, of one space. */
  Map<String, Experience> experiences(String space, Map<String, Integer> versions);

  /** The newest versions in these states, oldest item first. */
  List<Experience> inStates(String space, Collection<State> states);

  /**
   * The newest versions that are shown, of a type or of all when it is absent, at most {@code
   * limit}: the least supported first, of these the oldest item.
   */
  List<Experience> leastSupported(String space, @Nullable String type, int limit);

  /**
   * The newest version of one item, if this principal may read it: its own candidates, and what is
   * active; of what is shown no longer, its own and what was active until then.
   */
  Optional<Experience> readable(String space, String id, String principal);

  /**
   * The newest versions of what this principal may read, newest item first, before this id (all
   * when absent), at most {@code limit}.
   */
  List<Experience> readable(String space, String principal, @Nullable String before, int limit);

  /** The same as of a commit: the version that counted then. */
  Optional<Experience> readableAsOf(String space, String id, String principal, long sequence);

  /** The same as of a commit: the versions that counted then. */
  List<Experience> readableAsOf(
      String space, String principal, @Nullable String before, int limit, long sequence);

  /**
   * The versions of an item that this principal may read, newest first, each as it counted: until
   * the commit that ended it.
   */
  List<Projected> versions(String space, String id, String principal);

  /**
   * What became of an item between two states of the pool, as far as a principal may read it.
   *
   * @param before the version that counted first; absent if there was none, or not to be read
   * @param after the version that counts then; absent likewise
   */
  record Difference(Optional<Experience> before, Optional<Experience> after) {}

  /** The items that differ between the states after two commits, as far as they may be read. */
  List<Difference> differences(String space, long from, long to, String principal);

  /** How many items stand in a state, of a kind and a type. */
  record Count(State state, Kind kind, String type, int items) {}

  /** The newest versions, counted. */
  List<Count> counts(String space);

  /** What an item rests on now. */
  default List<Evidence> evidence(String space, String experience) {
    return evidence(space, experience, Query.HEAD);
  }

  /**
   * An item that another is linked with.
   *
   * @param similarity of their situations, in [0, 1]
   */
  record Linked(String experience, Relation relation, double similarity) {}

  /**
   * The items that an item is linked with now, as far as this principal may read them:
   * contradictions first, then the most similar first, at most {@code limit}.
   */
  default List<Linked> links(String space, String experience, String principal, int limit) {
    return links(space, experience, principal, limit, Query.HEAD);
  }

  /** The same as of a commit: the items that an item was linked with then. */
  List<Linked> links(String space, String experience, String principal, int limit, long sequence);

  /**
   * The items that a commit linked an item with, whoever may read them and whether or not they are
   * linked now.
   */
  Set<String> linkedAt(String space, String experience, long sequence);

  /**
   * When items are linked: by the similarity of their situations.
   *
   * @param least the similarity from which they are, in (0, 1]
   * @param k1 and
   * @param b as similarity is measured
   */
  record Linking(double least, double k1, double b) {}

  /** Remembers that items are linked so from now on. */
  void linksBy(Linking linking);

  /** All that {@link #linksBy} was ever told, the greatest {@code least} first. */
  List<Linking> linkings();

  /**
   * A decision.
   *
   * @param episode about whose draft
   * @param revision of the episode
   * @param position its place among those of the revision, from 0
   * @param at when
   */
  record Decided(String episode, int revision, int position, Instant at, Decision decision) {}

  /** What became of the drafts of an episode's newest revision that has been learned from. */
  List<Decided> decisions(String space, String episode);

  /** The decisions about an item, those of the newest episodes first. */
  List<Decided> decisionsAbout(String space, String experience);

  /** What an item rested on after a commit. */
  List<Evidence> evidence(String space, String experience, long sequence);

  /** The items that rested on an interaction until a rollback took them out. */
  List<Experience> rolledBack(String space, String interaction);

  /** The items shown now that rest on an interaction. */
  List<String> restingOn(String space, String interaction);

  /** The versions that commits after {@code sequence} wrote or ended, oldest first. */
  List<Projected> writtenAfter(String space, long sequence);

  /** The newest commit's sequence, 0 when there is none. */
  long head(String space);

  /** The commit of that id, or of the only id that begins so, from seven characters on. */
  Optional<Commit> commit(String space, String id);

  /** Where that commit stands, without what it touched: cheap, whatever its size. */
  Optional<Pin> pin(String space, String id);

  /** The newest commit of one of these kinds. */
  Optional<Commit> newest(String space, Collection<Commit.Kind> kinds);

  /** Newest first, before this sequence, at most {@code limit}. */
  List<Commit> commits(String space, long before, int limit);

  /** The groups that cannot be condensed, as {@link #reject} named them. */
  Set<String> rejections(String space);

  /**
   * Remembers that a group, named by a digest of its items' versions, cannot be condensed.
   *
   * @param why in words that are no item's: it is kept whatever is forgotten
   */
  void reject(String space, String group, String why);
}
