package dev.hone;

import dev.hone.port.Jobs;
import dev.hone.port.Unwritable;
import dev.hone.port.Work;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the jobs that are due, one after the other. For one thread. */
final class DueWork {

  private static final Logger LOG = LoggerFactory.getLogger(DueWork.class);

  private final Jobs jobs;
  private final Map<Jobs.Kind, Work> work;
  private final InstantSource clock;
  private final Duration pause;
  private final int attempts;

  /**
   * @param work who does the jobs of a kind; jobs of other kinds wait
   * @param pause after a job broke; doubled each time
   * @param attempts after so many a job is set aside
   */
  DueWork(Jobs jobs, Map<Jobs.Kind, Work> work, InstantSource clock, Duration pause, int attempts) {
    this.jobs = jobs;
    this.work = Map.copyOf(work);
    this.clock = clock;
    this.pause = pause;
    this.attempts = attempts;
  }

  /** The job that has been due longest, if any is. */
  Optional<Jobs.Job> next() {
    return jobs.due(work.keySet(), clock.instant());
  }

  /** Does a job; one that breaks is put off, or set aside. */
  void run(Jobs.Job job) {
    Work doing = work.get(job.kind());
    if (doing == null) {
      throw new IllegalArgumentException("nobody does jobs of kind " + job.kind());
    }
    try {
      doing.run(job);
      jobs.done(job);
    } catch (Unwritable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("job {} ({} of space {}) broke", job.id(), job.kind(), job.space(), e);
      jobs.broke(job, String.valueOf(e), clock.instant(), pause, attempts);
    }
  }
}
