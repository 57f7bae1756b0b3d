package dev.hone.backend;

import dev.hone.backend.admit.AdmissionRules;
import dev.hone.backend.admit.EditRules;
import dev.hone.backend.refine.Refiner;
import dev.hone.experience.Admission;
import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Draft;
import dev.hone.experience.Edit;
import dev.hone.experience.Episode;
import dev.hone.experience.Experience;
import dev.hone.experience.Explanation;
import dev.hone.experience.Hit;
import dev.hone.experience.Query;
import dev.hone.experience.Refinement;
import dev.hone.experience.State;
import dev.hone.port.Backend;
import dev.hone.port.Pool;
import dev.hone.port.Projection;
import dev.hone.port.Spaces;
import dev.hone.port.Unwritable;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.similarity.Neighbourhood;
import dev.hone.similarity.Scoring;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The backend in this process: one pool after the other is changed under its own lock; reading
 * never waits.
 */
public final class LocalBackend implements Backend {

  /**
   * How the backend keeps its pools.
   *
   * @param admission whether near-duplicates are merged on write
   * @param cap items shown at most, per space and type
   * @param leastSimilarity the lowest similarity that admission or refinement asks for
   * @param refineGrowth refinement is due when the pool has grown by this factor
   * @param refineEvery and when this long has passed since the last one; zero for never
   */
  public record Policy(
      boolean admission,
      int cap,
      double leastSimilarity,
      double refineGrowth,
      Duration refineEvery) {}

  private static final int SMALLEST_REFINED = 20;
  private static final List<State> SHOWN = List.of(State.CANDIDATE, State.ACTIVE);

  private final Pool pool;
  private final Projection projection;
  private final Spaces spaces;
  private final AdmissionRules rules;
  private final EditRules edits;
  private final Refiner refiner;
  private final Analysis analysis;
  private final Background background;
  private final Bm25 bm25;
  private final Policy policy;
  private final InstantSource clock;
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  /** What is kept in memory of one pool. */
  private static final class Held {

    /** Held while the pool is changed. */
    final ReentrantLock lock = new ReentrantLock();

    /** Held during a refinement pass, which changes the pool only at its end. */
    final ReentrantLock refining = new ReentrantLock();

    @Nullable Neighbourhood neighbours;

    /** The last pass. */
    Spaces.Refined refined;

    Held(Spaces.Refined refined) {
      this.refined = refined;
    }
  }

  public LocalBackend(
      Pool pool,
      Projection projection,
      Spaces spaces,
      AdmissionRules rules,
      EditRules edits,
      Refiner refiner,
      Analysis analysis,
      Background background,
      Bm25 bm25,
      Policy policy,
      InstantSource clock) {
    this.pool = pool;
    this.projection = projection;
    this.spaces = spaces;
    this.rules = rules;
    this.edits = edits;
    this.refiner = refiner;
    this.analysis = analysis;
    this.background = background;
    this.bm25 = bm25;
    this.policy = policy;
    this.clock = clock;
  }

  @Override
  public List<Hit> retrieve(Query query) {
    return projection.retrieve(query);
  }

  @Override
  public Explanation explain(Query query) {
    return projection.explain(query);
  }

  @Override
  public List<Admission> store(Episode episode, List<Draft> drafts) {
    String space = episode.space();
    Held kept = held(space);
    kept.lock.lock();
    try {
      boolean admitting = policy.admission && learning(space) == Spaces.LearningMode.DISTILL;
      AdmissionRules.Decided decided =
          admitting
              ? rules.decide(neighbours(kept, space), episode, drafts)
              : rules.admitAll(episode, drafts);
      List<Change> changes = new ArrayList<>(decided.changes());
      changes.addAll(makeRoom(kept, space, changes));
      Optional<Commit> commit =
          pool.apply(
              new Pool.ChangeSet(
                  space,
                  Commit.Kind.DISTILL,
                  "learning",
                  reason(decided.admissions()),
                  changes,
                  episode));
      if (commit.isPresent()) {
        remember(kept, changes);
      }
      return decided.admissions();
    } catch (Unwritable e) {
      // Whether the commit is there is not known, so what is kept of the pool is read again.
      kept.neighbours = null;
      throw e;
    } finally {
      kept.lock.unlock();
    }
  }

  private static String reason(List<Admission> admissions) {
    return admissions.isEmpty()
        ? "a later revision says nothing"
        : admissions.stream()
            .map(each -> each.getClass().getSimpleName() + ": " + each.reason())
            .collect(Collectors.joining("; "));
  }

  /** When a type is full, the oldest of the least supported items go. */
  private List<Change> makeRoom(Held kept, String space, List<Change> changes) {
    long added = changes.stream().filter(Change.Add.class::isInstance).count();
    if (neighbours(kept, space).size() + added <= policy.cap) {
      return List.of();
    }
    Map<String, Long> addedByType =
        changes.stream()
            .filter(Change.Add.class::isInstance)
            .map(change -> ((Change.Add) change).lesson().type())
            .collect(Collectors.groupingBy(type -> type, Collectors.counting()));
    Map<String, List<Experience>> byType =
        pool.inStates(space, SHOWN).stream()
            .collect(Collectors.groupingBy(item -> item.lesson().type()));
    Set<String> withdrawn =
        changes.stream()
            .filter(Change.Withdraw.class::isInstance)
            .map(Change::experience)
            .collect(Collectors.toSet());
    List<Change> room = new ArrayList<>();
    addedByType.forEach(
        (type, more) -> {
          List<Experience> there =
              byType.getOrDefault(type, List.of()).stream()
                  .filter(item -> !withdrawn.contains(item.id()))
                  .toList();
          there.stream()
              .filter(item -> changes.stream().noneMatch(c -> c.experience().equals(item.id())))
              .sorted(Comparator.comparingInt(Experience::support).thenComparing(Experience::id))
              .limit(Math.max(0, there.size() + more - policy.cap))
              .forEach(item -> room.add(new Change.Withdraw(item.id(), Optional.empty())));
        });
    return room;
  }

  private static void remember(Held kept, List<Change> changes) {
    Neighbourhood neighbours = kept.neighbours;
    if (neighbours == null) {
      return;
    }
    for (Change change : changes) {
      switch (change) {
        case Change.Add add -> neighbours.put(add.experience(), add.lesson().text());
        case Change.Revise revise -> neighbours.put(revise.experience(), revise.lesson().text());
        case Change.Withdraw withdraw -> neighbours.remove(withdraw.experience());
        case Change.Reinforce ignored -> {}
        case Change.TakeBack ignored -> {}
      }
    }
  }

  /** The neighbourhood of the running epoch; a new epoch begins when the pool has doubled. */
  private Neighbourhood neighbours(Held kept, String space) {
    Neighbourhood neighbours = kept.neighbours;
    if (neighbours == null || neighbours.outgrown()) {
      Map<String, String> texts = new LinkedHashMap<>();
      pool.inStates(space, SHOWN).stream()
          .sorted(Comparator.comparing(Experience::id))
          .forEach(item -> texts.put(item.id(), item.lesson().text()));
      neighbours = Neighbourhood.of(analysis, background, bm25, policy.leastSimilarity, texts);
      kept.neighbours = neighbours;
    }
    return neighbours;
  }

  @Override
  public Refinement refine(String space, boolean dryRun, String author, String reason) {
    Held kept = held(space);
    kept.refining.lock();
    try {
      Refiner.Pass pass = locked(kept, () -> begin(kept, space));
      Refiner.Found found = refiner.condense(pass, dryRun);
      return dryRun
          ? found.result(null)
          : locked(kept, () -> finish(kept, space, found, author, reason));
    } finally {
      kept.refining.unlock();
    }
  }

  private Refiner.Pass begin(Held kept, String space) {
    projection.catchUp(space);
    Neighbourhood neighbours = neighbours(kept, space);
    return refiner.begin(
        space, neighbours, new Scoring(analysis, background, neighbours.statistics(), bm25));
  }

  private Refinement finish(
      Held kept, String space, Refiner.Found found, String author, String reason) {
    Refinement result = refiner.commit(found, author, reason);
    changed(kept, space);
    kept.refined = new Spaces.Refined(clock.instant(), neighbours(kept, space).size());
    spaces.refined(space, kept.refined);
    return result;
  }

  private static <T> T locked(Held kept, Supplier<T> work) {
    kept.lock.lock();
    try {
      return work.get();
    } finally {
      kept.lock.unlock();
    }
  }

  @Override
  public boolean refinementDue(String space) {
    if (learning(space) != Spaces.LearningMode.DISTILL) {
      return false;
    }
    Held kept = held(space);
    if (kept.refining.isLocked()) {
      return false;
    }
    kept.lock.lock();
    try {
      int size = neighbours(kept, space).size();
      int before = Math.max(SMALLEST_REFINED, kept.refined.size());
      boolean grown = policy.refineGrowth > 1 && size >= policy.refineGrowth * before;
      boolean scheduled =
          policy.refineEvery.isPositive()
              && size > 1
              && clock.instant().isAfter(kept.refined.at().plus(policy.refineEvery));
      return grown || scheduled;
    } finally {
      kept.lock.unlock();
    }
  }

  @Override
  public Optional<Commit> restore(String space, long sequence, String author, String reason) {
    Held kept = held(space);
    kept.lock.lock();
    try {
      Optional<Commit> commit = pool.restore(space, sequence, author, reason);
      commit.ifPresent(refiner::takenBack);
      changed(kept, space);
      return commit;
    } finally {
      kept.lock.unlock();
    }
  }

  @Override
  public Edit.Result edit(String space, String principal, Edit edit, String reason) {
    Held kept = held(space);
    return locked(
        kept,
        () ->
            switch (edits.decide(space, principal, edit)) {
              case EditRules.Decided.Refuse(Edit.Result why) -> why;
              case EditRules.Decided.Carry(Change change) -> {
                List<Change> changes = new ArrayList<>(List.of(change));
                changes.addAll(makeRoom(kept, space, changes));
                Commit commit =
                    pool.apply(
                            new Pool.ChangeSet(
                                space, Commit.Kind.EDIT, principal, reason, changes, null))
                        .orElseThrow();
                remember(kept, changes);
                projection.catchUp(space);
                yield new Edit.Result.Done(commit);
              }
            });
  }

  private void changed(Held kept, String space) {
    kept.neighbours = null;
    projection.catchUp(space);
  }

  @Override
  public void settle(String space) {
    projection.catchUp(space);
  }

  private Held held(String space) {
    return held.computeIfAbsent(space, any -> new Held(spaces.refined(space)));
  }

  private Spaces.LearningMode learning(String space) {
    return spaces.space(space).map(Spaces.Space::learning).orElse(Spaces.LearningMode.OFF);
  }
}
