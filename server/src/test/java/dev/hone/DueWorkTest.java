package dev.hone;

import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.port.Jobs;
import dev.hone.port.Jobs.Job;
import dev.hone.port.Jobs.Kind;
import dev.hone.port.Unwritable;
import dev.hone.port.Work;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs are done, tried again, or set aside. */
class DueWorkTest {

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock();
  private final List<String> done = new ArrayList<>();
  private Stores stores;
  private Jobs jobs;

  @BeforeEach
  void open() {
    stores = Stores.in(folder, clock);
    jobs = stores.jobs();
    jobs.enqueue(Job.of("j1", SPACE, Kind.REFINE, "a", START));
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private DueWork work(Work refining) {
    return new DueWork(jobs, Map.of(Kind.REFINE, refining), clock, Duration.ofSeconds(30), 2);
  }

  @Test
  void aJobThatWasDoneIsNoMore() {
    DueWork work = work(job -> done.add(job.subject()));
    work.run(work.next().orElseThrow());

    assertThat(done).containsExactly("a");
    assertThat(work.next()).isEmpty();
  }

  @Test
  void aJobThatBreaksIsTriedAgainAndThenSetAside() {
    DueWork work =
        work(
            job -> {
              throw new IllegalStateException("no room");
            });
    work.run(work.next().orElseThrow());
    assertThat(work.next()).isEmpty();
    clock.advance(Duration.ofSeconds(30));
    work.run(work.next().orElseThrow());

    clock.advance(Duration.ofDays(1));
    assertThat(work.next()).isEmpty();
    assertThat(jobs.failed(SPACE, null, 9))
        .extracting(Job::note)
        .containsExactly("java.lang.IllegalStateException: no room");
  }

  @Test
  void aDiskThatRefusesIsNoFailureOfTheJob() {
    DueWork work =
        work(
            job -> {
              throw new Unwritable(Unwritable.Reason.BROKEN, "no", null);
            });
    Job job = work.next().orElseThrow();

    assertThatThrownBy(() -> work.run(job)).isInstanceOf(Unwritable.class);
    assertThat(work.next()).contains(job);
  }

  @Test
  void jobsThatNobodyDoesWait() {
    DueWork nothing = new DueWork(jobs, Map.of(), clock, Duration.ofSeconds(30), 2);

    assertThat(nothing.next()).isEmpty();
  }
}
