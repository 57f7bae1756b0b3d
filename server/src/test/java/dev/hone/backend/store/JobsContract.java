package dev.hone.backend.store;

import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.port.Jobs;
import dev.hone.port.Jobs.Job;
import dev.hone.port.Jobs.Kind;
import dev.hone.testing.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How every {@link Jobs} keeps work until it is done. */
abstract class JobsContract {

  private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

  abstract Stores stores();

  private Jobs jobs() {
    return stores().jobs();
  }

  private static Job job(String id, Kind kind, String subject, Instant due) {
    return Job.of(id, SPACE, kind, subject, due);
  }

  private static Job refine(String id) {
    return job(id, Kind.REFINE, "", START);
  }

  private Optional<Job> due(Instant now) {
    return jobs().due(ALL, now);
  }

  @Test
  void aJobWaitsUntilItIsDueAndIsDoneOnce() {
    Job job = job("j1", Kind.REFINE, "forgetting", START.plusSeconds(60));
    assertThat(jobs().enqueue(job)).isTrue();

    assertThat(due(START.plusMillis(59_999))).isEmpty();
    assertThat(due(START.plusSeconds(60))).contains(job);
    jobs().done(job);
    assertThat(due(START.plusSeconds(60))).isEmpty();
  }

  @Test
  void theOneThatHasBeenDueLongestComesFirst() {
    jobs().enqueue(job("j1", Kind.REFINE, "a", START.plusSeconds(2)));
    jobs().enqueue(job("j2", Kind.REFINE, "b", START.plusSeconds(1)));

    assertThat(due(START.plusSeconds(3))).map(Job::id).contains("j2");
  }

  @Test
  void whatNobodyDoesIsNotDue() {
    jobs().enqueue(refine("j1"));

    assertThat(jobs().due(Set.of(), START)).isEmpty();
    assertThat(jobs().due(Set.of(Kind.REFINE), START)).isPresent();
  }

  @Test
  void theSameIsEnqueuedOnceUntilItIsDone() {
    assertThat(jobs().enqueue(refine("j1"))).isTrue();
    assertThat(jobs().enqueue(refine("j2"))).isFalse();
    assertThat(jobs().enqueue(job("j3", Kind.REFINE, "part", START))).isTrue();
    assertThat(jobs().enqueue(Job.of("j4", "elsewhere", Kind.REFINE, "", START))).isTrue();

    jobs().done(refine("j1"));
    assertThat(jobs().enqueue(refine("j5"))).isTrue();
  }

  @Test
  void aJobThatBreaksPausesTwiceAsLongEachTimeAtMostAnHour() {
    Job job = refine("j1");
    jobs().enqueue(job);
    Instant now = START;
    for (long minutes : new long[] {10, 20, 40, 60, 60}) {
      jobs().broke(job, "no room", now, Duration.ofMinutes(10), 99);
      Instant again = now.plus(Duration.ofMinutes(minutes));
      assertThat(due(again.minusMillis(1))).isEmpty();
      assertThat(due(again)).map(Job::note).contains("no room");
      now = again;
    }
  }

  @Test
  void aJobThatBreaksTooOftenIsSetAsideAndTriedAgainWhenAPersonWantsIt() {
    Job job = refine("j1");
    jobs().enqueue(job);
    jobs().broke(job, "one", START, Duration.ZERO, 2);
    assertThat(jobs().failed(SPACE, null, 9)).isEmpty();
    jobs().broke(job, "two", START, Duration.ZERO, 2);

    assertThat(due(START.plus(Duration.ofDays(9)))).isEmpty();
    assertThat(jobs().failed(SPACE, null, 9))
        .containsExactly(
            new Job("j1", SPACE, Kind.REFINE, "", Jobs.State.FAILED, START, 2, "two", START));
    assertThat(jobs().failed("elsewhere", null, 9)).isEmpty();
    assertThat(jobs().enqueue(refine("j2"))).as("it waits for a person").isFalse();

    assertThat(jobs().retry("elsewhere", "j1", START)).isFalse();
    assertThat(jobs().retry(SPACE, "j1", START)).isTrue();
    assertThat(jobs().retry(SPACE, "j1", START)).isFalse();
    assertThat(due(START)).contains(job);
  }

  @Test
  void whatWasSetAsideMayBeDropped() {
    jobs().enqueue(refine("j1"));
    assertThat(jobs().drop(SPACE, "j1")).as("it waits").isFalse();
    jobs().broke(refine("j1"), "one", START, Duration.ZERO, 1);
    assertThat(jobs().drop("elsewhere", "j1")).isFalse();

    assertThat(jobs().drop(SPACE, "j1")).isTrue();
    assertThat(jobs().failed(SPACE, null, 9)).isEmpty();
    assertThat(jobs().enqueue(refine("j2"))).isTrue();
  }
}
