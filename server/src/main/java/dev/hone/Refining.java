package dev.hone;

import dev.hone.experience.Refinement;
import dev.hone.network.Network;
import dev.hone.port.Ids;
import dev.hone.port.Jobs;
import dev.hone.port.Spaces;
import dev.hone.port.Work;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refines a space as a job, when its pool has grown or the schedule says so. */
final class Refining implements Work {

  private static final Logger LOG = LoggerFactory.getLogger(Refining.class);

  private final Jobs jobs;
  private final Spaces spaces;
  private final Network network;
  private final Meters meters;
  private final Ids ids;
  private final InstantSource clock;

  Refining(Jobs jobs, Spaces spaces, Network network, Meters meters, Ids ids, InstantSource clock) {
    this.jobs = jobs;
    this.spaces = spaces;
    this.network = network;
    this.meters = meters;
    this.ids = ids;
    this.clock = clock;
  }

  /** Enqueues a pass over each space that is due for one. */
  void enqueueWhatIsDue() {
    for (Spaces.Space space : spaces.list()) {
      if (network.backend().refinementDue(space.name())) {
        jobs.enqueue(Jobs.Job.of(ids.next(), space.name(), Jobs.Kind.REFINE, "", clock.instant()));
      }
    }
  }

  /** {@inheritDoc} A space that somebody has refined meanwhile is left alone. */
  @Override
  public void run(Jobs.Job job) {
    String space = job.space();
    if (!network.backend().refinementDue(space)) {
      return;
    }
    Refinement result =
        network
            .backend()
            .refine(space, false, "learning", "the pool has grown or the schedule says so");
    meters.refined(result.itemsBefore(), result.itemsAfter());
    LOG.info(
        "space {} refined: {} items, now {}", space, result.itemsBefore(), result.itemsAfter());
  }
}
