package dev.hone.port;

import dev.hone.experience.Admission;
import dev.hone.experience.Commit;
import dev.hone.experience.Decision;
import dev.hone.experience.Draft;
import dev.hone.experience.Edit;
import dev.hone.experience.Episode;
import dev.hone.experience.Explanation;
import dev.hone.experience.Hit;
import dev.hone.experience.Query;
import dev.hone.experience.Refinement;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps experience, gives it back, refines it. */
public interface Backend {

  /** Visible items at or above the floor, best first. */
  List<Hit> retrieve(Query query);

  /**
   * Admits the drafts of an episode, each to its type, as one commit, takes back what an earlier
   * revision said and this one does not, and marks the episode learned. What became of each draft
   * is kept with the reason. Safe to repeat.
   *
   * @param turnedDown drafts that were turned down before, to be kept beside the others
   * @return one decision a draft, in order
   */
  List<Admission> store(Episode episode, List<Draft> drafts, List<Decision> turnedDown);

  /**
   * What {@link #store} would decide about drafts now, one decision a draft, in order. Nothing is
   * changed; the ids of items that would be new stand for nothing.
   */
  List<Admission> preview(Episode episode, List<Draft> drafts);

  /** One refinement pass. */
  Refinement refine(String space, boolean dryRun, String author, String reason);

  /** Whether the pool has grown enough since the last pass, or the schedule says so. */
  boolean refinementDue(String space);

  /** Makes the pool what it was after a commit; empty when it is that already. */
  Optional<Commit> restore(String space, long sequence, String author, String reason);

  /** Carries out what a person wants changed, as one commit; searches from now on see it. */
  Edit.Result edit(String space, String principal, Edit edit, String reason);

  /** A search, told in full. */
  Explanation explain(Query query);

  /**
   * Runs a change of a pool that is made elsewhere, while nothing else changes it; what is kept in
   * memory of the pool is made anew, and searches from now on see the change.
   */
  <T> T alone(String space, Supplier<T> change);

  /** Searches from now on see everything stored so far. */
  void settle(String space);
}
