package dev.hone.backend.refine;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Digest;
import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import dev.hone.experience.Limits;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The periodic pass over a pool (paper section 3.3): pairs at or above a threshold, groups,
 * condensation, proof, one commit. Only active items take part: a candidate belongs to its
 * principal.
 */
public final class Refiner {

  private static final String REJECTED_BEFORE = "rejected before";
  private static final String UNPROVED = "not proved: refine.proof is false";

  private final Pool pool;
  private final Ids ids;
  private final Condenser condenser;
  private final Proof proof;
  private final Policy policy;

  /**
   * What is refined.
   *
   * @param measure how the similarity of two items is measured
   * @param threshold the similarity from which two items are a pair: in (0, 1] when normalised
   * @param thresholds by type, where a type has its own
   * @param limits how many items a request is shown: the child must be among so many
   * @param floor the coverage below which an item is not shown
   * @param proof whether a condensation must be proved before it replaces anything
   */
  public record Policy(
      Refinement.Measure measure,
      double threshold,
      Map<String, Double> thresholds,
      Limits limits,
      double floor,
      boolean proof) {

    public Policy {
      thresholds = Map.copyOf(thresholds);
    }

    double thresholdOf(String type) {
      return thresholds.getOrDefault(type, threshold);
    }
  }

  public Refiner(
      Pool pool,
      Ids ids,
      Condenser condenser,
      Retriever retriever,
      Sameness sameness,
      Policy policy) {
    this.pool = pool;
    this.ids = ids;
    this.condenser = condenser;
    this.proof = new Proof(retriever, sameness, policy.limits, policy.floor);
    this.policy = policy;
  }

  /**
   * What a pass begins with.
   *
   * @param items the items that take part, as they stand
   * @param scoring scores under the statistics that the groups were made with
   */
  public record Pass(String space, List<Experience> items, Groups groups, Scoring scoring) {}

  /** Begins a pass. The pool does not change meanwhile, and the index is up to date. */
  public Pass begin(String space, Neighbourhood neighbours, Scoring scoring) {
    List<Experience> items = pool.inStates(space, List.of(State.ACTIVE));
    Similarity similarity = Similarity.by(policy.measure, neighbours, scoring);
    return new Pass(space, items, Groups.of(items, similarity, policy::thresholdOf), scoring);
  }

  /** What a pass found; nothing of it is done yet. */
  public final class Found {

    private final Pass pass;
    private final boolean dryRun;
    private final List<Condenser.Condensation> proved = new ArrayList<>();
    private final Map<String, String> rejected = new LinkedHashMap<>();
    private final List<Refinement.Group> results = new ArrayList<>();

    private Found(Pass pass, boolean dryRun) {
      this.pass = pass;
      this.dryRun = dryRun;
    }

    private void say(Groups.Group group, List<Experience> members, String why) {
      results.add(Refiner.result(members, group, Optional.empty(), why, false));
    }

    private void leaveOut(Predicate<Condenser.Condensation> stale) {
      List<List<String>> left = proved.stream().filter(stale).map(Refiner::parents).toList();
      proved.removeIf(stale);
      results.replaceAll(
          group ->
              left.contains(group.parents())
                  ? group.rejected("an item has changed meanwhile")
                  : group);
    }

    /** The result; the commit is absent in a dry run, and when nothing changed. */
    public Refinement result(@Nullable Commit commit) {
      int removed = proved.stream().mapToInt(made -> made.parents().size() - 1).sum();
      return new Refinement(
          pass.space,
          dryRun,
          policy.measure,
          policy.threshold,
          pass.items.size(),
          pass.items.size() - removed,
          pass.groups.pairs(),
          results,
          commit == null ? null : commit.id());
    }
  }

  /**
   * Condenses the groups and proves what came of it. The pool may change meanwhile: this may take
   * as long as a learning model does. When the model cannot be asked, the groups that are left wait
   * for the next pass.
   */
  public Found condense(Pass pass, boolean dryRun) {
    Map<String, Experience> byId = new HashMap<>();
    pass.items.forEach(item -> byId.put(item.id(), item));
    Set<String> rejected = pool.rejections(pass.space);
    Found found = new Found(pass, dryRun);
    String waiting = "";
    for (Groups.Group group : pass.groups.groups()) {
      List<Experience> members =
          group.ids().stream().flatMap(id -> Optional.ofNullable(byId.get(id)).stream()).toList();
      String name = name(members);
      if (rejected.contains(name)) {
        found.say(group, members, REJECTED_BEFORE);
      } else if (!waiting.isEmpty()) {
        found.say(group, members, waiting);
      } else {
        switch (condenser.condense(members)) {
          case Condenser.Condensed.Made made ->
              prove(found, group, members, made.condensations(), rejected);
          case Condenser.Condensed.Unreadable unreadable ->
              found.say(group, members, "to be tried again: " + unreadable.why());
          case Condenser.Condensed.Later later -> {
            waiting = "waits for the next pass: " + later.why();
            found.say(group, members, waiting);
          }
        }
      }
    }
    return found;
  }

  private void prove(
      Found found,
      Groups.Group group,
      List<Experience> members,
      List<Condenser.Condensation> condensations,
      Set<String> rejected) {
    boolean any = false;
    for (Condenser.Condensation made : condensations) {
      Proof.Verdict verdict =
          rejected.contains(name(made.parents()))
              ? new Proof.Verdict(false, REJECTED_BEFORE)
              : policy.proof
                  ? proof.check(found.pass.space, made.parents(), made.child(), found.pass.scoring)
                  : new Proof.Verdict(true, UNPROVED);
      found.results.add(
          result(
              made.parents(),
              group,
              Optional.of(made.child()),
              verdict.statement(),
              verdict.holds()));
      if (verdict.holds()) {
        any = true;
        found.proved.add(made);
      }
    }
    if (condensations.isEmpty()) {
      found.say(group, members, "similar, but they do not say the same");
    }
    if (!any) {
      found.rejected.put(name(members), found.results.getLast().proof());
    }
  }

  /**
   * Makes one commit of what was proved, and remembers what was rejected. What rests on an item
   * that has changed since the pass began is left out.
   *
   * @param linked adds to the changes the links that go with them
   */
  public Refinement commit(
      Found found, String author, String reason, UnaryOperator<List<Change>> linked) {
    String space = found.pass.space;
    found.rejected.forEach((name, why) -> pool.reject(space, name, why));
    found.leaveOut(made -> made.parents().stream().anyMatch(this::changed));
    List<Change> changes = new ArrayList<>();
    found.proved.forEach(made -> condense(changes, made));
    return found.result(
        changes.isEmpty()
            ? null
            : pool.apply(
                    new Pool.ChangeSet(
                        space, Commit.Kind.REFINE, author, reason, linked.apply(changes), null))
                .orElse(null));
  }

  /**
   * Remembers what a rollback took back: items that had been condensed and stand for themselves
   * again are not condensed with one another until one of them changes.
   */
  public void takenBack(Commit rollback) {
    String space = rollback.space();
    Map<String, Integer> before = new HashMap<>();
    Map<String, Integer> after = new HashMap<>();
    for (Commit.Touched touched : rollback.touched()) {
      if (touched.state() == State.ACTIVE && touched.before() > 0) {
        before.put(touched.experience(), touched.before());
        after.put(touched.experience(), touched.after());
      }
    }
    Map<String, Experience> stands = pool.experiences(space, after);
    Map<String, List<Experience>> byChild = new LinkedHashMap<>();
    pool.experiences(space, before)
        .values()
        .forEach(
            was -> {
              Experience now = stands.get(was.id());
              if (was.successor() != null && now != null && now.successor() == null) {
                byChild.computeIfAbsent(was.successor(), any -> new ArrayList<>()).add(now);
              }
            });
    byChild
        .values()
        .forEach(
            parents -> pool.reject(space, name(parents), "taken back by commit " + rollback.id()));
  }

  private boolean changed(Experience parent) {
    return pool.experience(parent.space(), parent.id())
        .filter(now -> now.version() == parent.version() && now.state() == State.ACTIVE)
        .isEmpty();
  }

  private static List<String> parents(Condenser.Condensation made) {
    return made.parents().stream().map(Experience::id).toList();
  }

  private void condense(List<Change> changes, Condenser.Condensation made) {
    String child = ids.next();
    List<String> parents = parents(made);
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
    Set<String> ids = members.stream().map(Experience::id).collect(Collectors.toSet());
    return new Refinement.Group(
        members,
        group.threshold(),
        group.leastSimilarity(),
        group.pairs().stream()
            .filter(pair -> ids.contains(pair.one()) && ids.contains(pair.other()))
            .toList(),
        child,
        proof,
        accepted);
  }

  /**
   * A name that changes as soon as one of the items does; more evidence for what it says leaves an
   * item what it is.
   */
  private static String name(List<Experience> members) {
    return Digest.of(
            members.stream()
                .map(item -> item.id() + ":" + item.version())
                .sorted()
                .toArray(String[]::new))
        .value();
  }
}
