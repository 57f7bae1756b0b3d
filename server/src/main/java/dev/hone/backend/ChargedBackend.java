package dev.hone.backend;

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
import dev.hone.port.Backend;
import dev.hone.port.Effort;
import dev.hone.port.Spending;
import dev.hone.port.Spending.Cost;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps account of what searching, storing, refining and indexing cost, whoever asks for it; of
 * what else is done with a pool no account is kept.
 */
public final class ChargedBackend implements Backend {

  private final Backend backend;
  private final Spending spending;
  private final Effort effort;
  private final InstantSource clock;

  public ChargedBackend(Backend backend, Spending spending, Effort effort, InstantSource clock) {
    this.backend = backend;
    this.spending = spending;
    this.effort = effort;
    this.clock = clock;
  }

  private <T> T charged(String space, Function<Duration, Cost> as, Supplier<T> work) {
    long start = effort.nanos();
    try {
      return work.get();
    } finally {
      spending.add(
          space,
          LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
          as.apply(Duration.ofNanos(Math.max(0, effort.nanos() - start))));
    }
  }

  @Override
  public List<Hit> retrieve(Query query) {
    return charged(query.space(), Cost::searching, () -> backend.retrieve(query));
  }

  @Override
  public List<Admission> store(Episode episode, List<Draft> drafts, List<Decision> turnedDown) {
    return charged(
        episode.space(), Cost::keeping, () -> backend.store(episode, drafts, turnedDown));
  }

  @Override
  public List<Admission> preview(Episode episode, List<Draft> drafts) {
    return backend.preview(episode, drafts);
  }

  @Override
  public Refinement refine(String space, boolean dryRun, String author, String reason) {
    return charged(space, Cost::keeping, () -> backend.refine(space, dryRun, author, reason));
  }

  @Override
  public boolean refinementDue(String space) {
    return backend.refinementDue(space);
  }

  @Override
  public Optional<Commit> restore(String space, long sequence, String author, String reason) {
    return backend.restore(space, sequence, author, reason);
  }

  @Override
  public Edit.Result edit(String space, String principal, Edit edit, String reason) {
    return backend.edit(space, principal, edit, reason);
  }

  @Override
  public Explanation explain(Query query) {
    return charged(query.space(), Cost::searching, () -> backend.explain(query));
  }

  @Override
  public <T> T alone(String space, Supplier<T> change) {
    return backend.alone(space, change);
  }

  @Override
  public void settle(String space) {
    charged(
        space,
        Cost::keeping,
        () -> {
          backend.settle(space);
          return space;
        });
  }
}
