package dev.hone.backend.refine;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Digest;
import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import dev.hone.experience.Refinement;
import dev.hone.experience.State;
import dev.hone.port.Condenser;
import dev.hone.port.Ids;
import dev.hone.port.Pool;
import dev.hone.port.Retriever;
import dev.hone.similarity.Neighbourhood;
import dev.hone.similarity.Sameness;
import dev.hone.similarity.Scoring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The periodic pass over a pool (paper section 3.3): pairs at or above a threshold, groups,
 * condensation, proof, one commit. Only active items take part: a candidate belongs to its
 * principal.
 */
public final class Refiner {

  private final Pool pool;
  private final Ids ids;
  private final Condenser condenser;
  private final Proof proof;
  private final double threshold;

  /**
   * @param threshold the similarity from which two items are a pair, in (0, 1]
   * @param limit how many items a request is shown: the child must be among so many
   * @param floor the coverage below which an item is not shown
   */
  public Refiner(
      Pool pool,
      Ids ids,
      Condenser condenser,
      Retriever retriever,
      Sameness sameness,
      double threshold,
      int limit,
      double floor) {
    this.pool = pool;
    this.ids = ids;
    this.condenser = condenser;
    this.proof = new Proof(retriever, sameness, limit, floor);
    this.threshold = threshold;
  }

  /**
   * Refines a space. The caller sees to it that nothing else changes the pool meanwhile, and that
   * the index is up to date.
   *
   * @param scoring the scoring of the neighbourhood's epoch
   */
  public Refinement refine(
      String space,
      Neighbourhood neighbours,
      Function<Neighbourhood, Scoring> scoring,
      boolean dryRun,
      String author,
      String reason) {
    List<Experience> items = pool.inStates(space, List.of(State.ACTIVE));
    Map<String, Experience> byId = new HashMap<>();
    items.forEach(item -> byId.put(item.id(), item));
    Groups groups = Groups.of(items, neighbours, threshold);
    Scoring exact = scoring.apply(neighbours);
    Set<String> rejected = pool.rejections(space);
    List<Change> changes = new ArrayList<>();
    List<Refinement.Group> results = new ArrayList<>();
    int removed = 0;
    for (Groups.Group group : groups.groups()) {
      List<Experience> members =
          group.ids().stream().flatMap(id -> Optional.ofNullable(byId.get(id)).stream()).toList();
      String name = name(members);
      if (rejected.contains(name)) {
        results.add(result(members, group, Optional.empty(), "rejected before", false));
        continue;
      }
      List<Condenser.Condensation> condensations = condenser.condense(members);
      boolean any = false;
      for (Condenser.Condensation made : condensations) {
        Proof.Verdict verdict = proof.check(space, made.parents(), made.child(), exact);
        results.add(
            result(
                made.parents(),
                group,
                Optional.of(made.child()),
                verdict.statement(),
                verdict.holds()));
        if (verdict.holds()) {
          any = true;
          removed += made.parents().size() - 1;
          condense(changes, made);
        }
      }
      if (condensations.isEmpty()) {
        results.add(
            result(
                members, group, Optional.empty(), "similar, but they do not say the same", false));
      }
      if (!any && !dryRun) {
        pool.reject(space, name, results.getLast().proof());
      }
    }
    Optional<Commit> commit =
        dryRun || changes.isEmpty()
            ? Optional.empty()
            : pool.apply(
                new Pool.ChangeSet(space, Commit.Kind.REFINE, author, reason, changes, null));
    return new Refinement(
        space,
        dryRun,
        threshold,
        items.size(),
        items.size() - removed,
        groups.pairs(),
        results,
        commit.map(Commit::id).orElse(null));
  }

  private void condense(List<Change> changes, Condenser.Condensation made) {
    String child = ids.next();
    List<String> parents = made.parents().stream().map(Experience::id).toList();
    changes.add(
        new Change.Add(
            child,
            made.child(),
            State.ACTIVE,
            made.parents().getFirst().owner(),
            List.of(),
            parents));
    parents.forEach(parent -> changes.add(new Change.Withdraw(parent, Optional.of(child))));
  }

  private static Refinement.Group result(
      List<Experience> members,
      Groups.Group group,
      Optional<Lesson> child,
      String proof,
      boolean accepted) {
    return new Refinement.Group(
        members.stream().map(Experience::id).toList(),
        group.leastSimilarity(),
        child,
        proof,
        accepted);
  }

  /** A name that changes as soon as one of the items does. */
  private static String name(List<Experience> members) {
    return Digest.of(
            members.stream().map(item -> item.id() + ":" + item.version()).toArray(String[]::new))
        .value();
  }
}
