package dev.hone.backend;

import dev.hone.backend.admit.AdmissionRules;
import dev.hone.backend.admit.EditRules;
import dev.hone.backend.admit.Known;
import dev.hone.backend.admit.Likeness;
import dev.hone.backend.admit.Links;
import dev.hone.backend.admit.Room;
import dev.hone.backend.refine.Refiner;
import dev.hone.experience.Admission;
import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Decision;
import dev.hone.experience.Draft;
import dev.hone.experience.Edit;
import dev.hone.experience.Episode;
import dev.hone.experience.Explanation;
import dev.hone.experience.Hit;
import dev.hone.experience.Query;
import dev.hone.experience.Refinement;
import dev.hone.experience.State;
import dev.hone.port.Backend;
import dev.hone.port.Pool;
import dev.hone.port.Projection;
import dev.hone.port.Spaces;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.similarity.Neighbourhood;
import dev.hone.similarity.Scoring;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The backend in this process: one pool after the other is changed under its own lock; reading
 * never waits.
 *
 * <p>Long because whatever changes a pool takes its lock here.
 */
public final class LocalBackend implements Backend {

  /**
   * How the backend keeps its pools.
   *
   * @param admission whether near-duplicates are merged on write
   * @param cap items shown at most, per space and type
   * @param total items shown at most, per space
   * @param leastSimilarity the lowest similarity that refinement asks for
   * @param refineGrowth refinement is due when the pool has grown by this factor
   * @param refineEvery and when this long has passed since the last one; zero for never
   */
  public record Policy(
      boolean admission,
      int cap,
      int total,
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
  private final Likeness likeness;
  private final Links links;
  private final Room room;
  private final Refiner refiner;
  private final Analysis analysis;
  private final Background background;
  private final Bm25 bm25;
  private final Policy policy;
  private final InstantSource clock;
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  /**
   * The items of one pool: those shown as refinement compares them and as admission does, and those
   * under quarantine.
   */
  private record Items(Neighbourhood neighbours, Known known, Known suspects) {}

  /** What is kept in memory of one pool. */
  private static final class Held {

    /** Held while the pool is changed. */
    final ReentrantLock lock = new ReentrantLock();

    /** Held during a refinement pass, which changes the pool only at its end. */
    final ReentrantLock refining = new ReentrantLock();

    @Nullable Items items;

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
      Likeness likeness,
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
    this.likeness = likeness;
    this.links = new Links(pool, likeness);
    this.room = new Room(pool, policy.cap, policy.total);
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
  public List<Admission> store(Episode episode, List<Draft> drafts, List<Decision> turnedDown) {
    String space = episode.space();
    Held kept = held(space);
    return locked(
        kept,
        () -> {
          AdmissionRules.Decided decided = decided(kept, episode, drafts);
          List<Change> changes = new ArrayList<>(decided.changes());
          List<Room.Gone> gone = room.make(space, items(kept, space).known, changes);
          gone.forEach(each -> changes.add(each.change()));
          List<Decision> decisions = new ArrayList<>();
          for (int i = 0; i < drafts.size(); i++) {
            decisions.add(Decision.of(decided.admissions().get(i), drafts.get(i).lesson().title()));
          }
          decisions.addAll(turnedDown);
          gone.forEach(each -> decisions.add(each.decision(episode.principal())));
          apply(
                  kept,
                  new Pool.ChangeSet(
                      space,
                      Commit.Kind.DISTILL,
                      "learning",
                      reason(decided.admissions()),
                      changes,
                      episode,
                      decisions))
              .ifPresent(any -> decided.remember(items(kept, space).known));
          return decided.admissions();
        });
  }

  @Override
  public List<Admission> preview(Episode episode, List<Draft> drafts) {
    String space = episode.space();
    Held kept = held(space);
    return locked(kept, () -> decided(kept, episode, drafts).admissions());
  }

  private AdmissionRules.Decided decided(Held kept, Episode episode, List<Draft> drafts) {
    String space = episode.space();
    return admitting(space)
        ? rules.decide(items(kept, space).known, items(kept, space).suspects, episode, drafts)
        : rules.admitAll(episode, drafts);
  }

  private static String reason(List<Admission> admissions) {
    return admissions.isEmpty()
        ? "a later revision says nothing"
        : admissions.stream()
            .map(each -> each.getClass().getSimpleName() + ": " + each.reason())
            .collect(Collectors.joining("; "));
  }

  /** Makes the changes, linked. If it does not come to that, what is kept of the pool is void. */
  private Optional<Commit> apply(Held kept, Pool.ChangeSet set) {
    Items items = items(kept, set.space());
    kept.items = null;
    List<Change> linked = linked(items.known, set.space(), set.changes());
    Optional<Commit> commit =
        pool.apply(
            new Pool.ChangeSet(
                set.space(),
                set.kind(),
                set.author(),
                set.reason(),
                linked,
                set.learned(),
                set.decisions()));
    if (commit.isPresent() || linked.isEmpty()) {
      remember(items.neighbours, linked);
      kept.items = items;
    }
    return commit;
  }

  /** A pool to be saturated is not linked. What is known is from now on as after the changes. */
  private List<Change> linked(Known known, String space, List<Change> changes) {
    if (admitting(space)) {
      return links.with(known, space, changes);
    }
    known.follow(changes);
    return changes;
  }

  private static void remember(Neighbourhood neighbours, List<Change> changes) {
    for (Change change : changes) {
      switch (change) {
        case Change.Add add -> neighbours.put(add.experience(), add.lesson().text());
        case Change.Revise revise -> neighbours.put(revise.experience(), revise.lesson().text());
        case Change.Withdraw withdraw -> neighbours.remove(withdraw.experience());
        case Change.Reinforce ignored -> {}
        case Change.TakeBack ignored -> {}
        case Change.Link ignored -> {}
      }
    }
  }

  /** The items of the running epoch; a new epoch begins when the pool has doubled. */
  private Items items(Held kept, String space) {
    Items items = kept.items;
    if (items == null || items.neighbours.outgrown()) {
      Map<String, String> texts = new LinkedHashMap<>();
      Known known = likeness.known();
      Known before = items == null ? null : items.known;
      pool.inStates(space, SHOWN)
          .forEach(
              item -> {
                texts.put(item.id(), item.lesson().text());
                known.put(item.id(), item.lesson());
              });
      if (before != null) {
        known.remember(before);
      }
      Known suspects = likeness.known();
      pool.inStates(space, List.of(State.QUARANTINED))
          .forEach(item -> suspects.put(item.id(), item.lesson()));
      items =
          new Items(
              Neighbourhood.of(analysis, background, bm25, policy.leastSimilarity, texts),
              known,
              suspects);
      kept.items = items;
    }
    return items;
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
    Neighbourhood neighbours = items(kept, space).neighbours;
    return refiner.begin(
        space, neighbours, new Scoring(analysis, background, neighbours.statistics(), bm25));
  }

  private Refinement finish(
      Held kept, String space, Refiner.Found found, String author, String reason) {
    Known known = items(kept, space).known;
    kept.items = null;
    Refinement result =
        refiner.commit(found, author, reason, changes -> linked(known, space, changes));
    changed(kept, space);
    kept.refined = new Spaces.Refined(clock.instant(), items(kept, space).known.size());
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
      int size = shown(kept, space);
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

  /** How many items are shown; without reading them. */
  private int shown(Held kept, String space) {
    return kept.items != null
        ? kept.items.known.size()
        : pool.counts(space).stream()
            .filter(count -> count.state().shown())
            .mapToInt(Pool.Count::items)
            .sum();
  }

  @Override
  public Optional<Commit> restore(String space, long sequence, String author, String reason) {
    return alone(
        space,
        () -> {
          Optional<Commit> commit = pool.restore(space, sequence, author, reason);
          commit.ifPresent(refiner::takenBack);
          return commit;
        });
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
                room.make(space, items(kept, space).known, changes)
                    .forEach(each -> changes.add(each.change()));
                Commit commit =
                    apply(
                            kept,
                            new Pool.ChangeSet(
                                space, Commit.Kind.EDIT, principal, reason, changes, null))
                        .orElseThrow();
                projection.catchUp(space);
                yield new Edit.Result.Done(commit);
              }
            });
  }

  @Override
  public <T> T alone(String space, Supplier<T> change) {
    Held kept = held(space);
    return locked(
        kept,
        () -> {
          try {
            return change.get();
          } finally {
            changed(kept, space);
          }
        });
  }

  private void changed(Held kept, String space) {
    kept.items = null;
    projection.catchUp(space);
  }

  @Override
  public void settle(String space) {
    projection.catchUp(space);
  }

  private Held held(String space) {
    return held.computeIfAbsent(space, any -> new Held(spaces.refined(space)));
  }

  private boolean admitting(String space) {
    return policy.admission && learning(space) == Spaces.LearningMode.DISTILL;
  }

  private Spaces.LearningMode learning(String space) {
    return spaces.space(space).map(Spaces.Space::learning).orElse(Spaces.LearningMode.OFF);
  }
}
