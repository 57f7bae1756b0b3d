package dev.hone.outcome;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.judged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Alarm;
import dev.hone.experience.Alarm.Kind;
import dev.hone.experience.Alarm.Status;
import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import dev.hone.port.Sessions;
import dev.hone.port.Sessions.Judged;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of outcomes, which are simulated: 1 with some probability, else 0. */
class AlarmsTest {

  private static final int BLOCK = 50;
  private static final double LEVEL = 0.05;
  private static final int REPETITIONS = 200;

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock();
  private final List<Judged> sessions = new ArrayList<>();
  private Random random = new Random(1);
  private int looks;
  private Stores stores;
  private Alarms alarms;

  /** The sessions that happened here. */
  private final class Simulated implements Sessions {
    @Override
    public Known known(String space) {
      return new Known(sessions.size(), clock.instant());
    }

    @Override
    public List<Judged> judged(
        String space, Collection<String> metrics, Instant from, @Nullable Instant until, int most) {
      looks++;
      return sessions.stream()
          .filter(each -> !each.began().isBefore(from))
          .filter(each -> until == null || each.began().isBefore(until))
          .toList();
    }
  }

  @BeforeEach
  void open() {
    stores = Stores.in(folder, clock);
    alarms =
        new Alarms(
            new Simulated(),
            stores.pool(),
            new Alarms.Policy(List.of("correct"), BLOCK, LEVEL, 0.3));
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private void happen(int count, double probability, boolean shown, @Nullable String type) {
    for (int i = 0; i < count; i++) {
      clock.advance(Duration.ofSeconds(1));
      double value = random.nextDouble() < probability ? 1 : 0;
      sessions.add(new Judged(clock.instant(), value, shown, type));
    }
  }

  private void happen(int count, double probability) {
    happen(count, probability, true, "general");
  }

  private Commit commit(Commit.Kind kind) {
    clock.advance(Duration.ofSeconds(1));
    Change change =
        new Change.Add(
            "item-" + clock.millis(),
            fact("when", "what"),
            State.ACTIVE,
            ANN,
            List.of(judged("i", ANN, "x")),
            List.of());
    return stores
        .pool()
        .apply(new Pool.ChangeSet(SPACE, kind, "test", "test", List.of(change), null))
        .orElseThrow();
  }

  private Alarm alarm(Kind kind) {
    return alarms.of(SPACE).stream().filter(each -> each.kind() == kind).findFirst().orElseThrow();
  }

  private Status status(Kind kind) {
    return alarm(kind).status();
  }

  @Test
  void withFewSessionsNothingIsKnownYet() {
    assertThat(alarms.of(SPACE))
        .extracting(Alarm::kind)
        .containsExactly(
            Kind.FALLING_WITHOUT_REFINEMENT, Kind.FALLING_AFTER_REFINEMENT, Kind.TYPES_APART);
    assertThat(alarms.of(SPACE)).extracting(Alarm::status).containsOnly(Status.UNKNOWN);

    happen(2 * BLOCK - 1, 0.5);

    assertThat(alarms.of(SPACE)).extracting(Alarm::status).containsOnly(Status.UNKNOWN);
    assertThat(alarm(Kind.FALLING_WITHOUT_REFINEMENT).statement())
        .contains("not known yet: 99 of 100 sessions");
  }

  @Test
  void theyAreLookedAtAgainWhenAnOutcomeHasComeOrThePoolWasTurnedAndNotBefore() {
    happen(3 * BLOCK, 0.5);
    List<Alarm> first = alarms.of(SPACE);
    int once = looks;

    assertThat(alarms.of(SPACE)).isEqualTo(first);
    assertThat(looks).isEqualTo(once);

    commit(Commit.Kind.REFINE);
    assertThat(alarms.of(SPACE)).isNotEqualTo(first);
    assertThat(looks).isGreaterThan(once);
    int twice = looks;
    happen(1, 0.5);
    assertThat(alarms.of(SPACE)).isNotEqualTo(first);
    assertThat(looks).isGreaterThan(twice);
  }

  @Test
  void aFallIsToldWithTheNumbersAndWhatToLookAt() {
    happen(100, 0.9);
    assertThat(status(Kind.FALLING_WITHOUT_REFINEMENT)).isEqualTo(Status.QUIET);

    happen(50, 0.2);

    Alarm alarm = alarm(Kind.FALLING_WITHOUT_REFINEMENT);
    assertThat(alarm.status()).isEqualTo(Status.RAISED);
    assertThat(alarm.advice()).isEqualTo("hone refine --dry-run --space main");
    assertThat(alarm.groups()).extracting(Alarm.Group::name).containsExactly("earlier", "recent");
    assertThat(alarm.groups()).extracting(Alarm.Group::sessions).containsExactly(100, 50);
    assertThat(alarm.groups().getFirst().mean() - alarm.groups().getLast().mean())
        .isGreaterThan(alarm.bound());
    assertThat(alarm.level()).isEqualTo(LEVEL);
    assertThat(alarm.commit()).isNull();
  }

  @Test
  void aSmallFallIsFoundOnceItHasLastedLongEnough() {
    happen(10 * BLOCK, 0.8);
    happen(BLOCK, 0.6);
    assertThat(status(Kind.FALLING_WITHOUT_REFINEMENT)).isEqualTo(Status.QUIET);

    happen(7 * BLOCK, 0.6);

    assertThat(status(Kind.FALLING_WITHOUT_REFINEMENT)).isEqualTo(Status.RAISED);
  }

  @Test
  void aRefinementOrARollbackBeginsAnew() {
    happen(2 * BLOCK, 0.9);
    happen(BLOCK, 0.1);
    assertThat(status(Kind.FALLING_WITHOUT_REFINEMENT)).isEqualTo(Status.RAISED);

    commit(Commit.Kind.DISTILL);
    assertThat(status(Kind.FALLING_WITHOUT_REFINEMENT)).isEqualTo(Status.RAISED);
    commit(Commit.Kind.REFINE);
    assertThat(status(Kind.FALLING_WITHOUT_REFINEMENT)).isEqualTo(Status.UNKNOWN);
  }

  @Test
  void aFallAfterARefinementNamesTheCommitAndProposesItsRollback() {
    happen(2 * BLOCK, 0.9);
    Commit refinement = commit(Commit.Kind.REFINE);
    happen(BLOCK - 1, 0.3);
    assertThat(status(Kind.FALLING_AFTER_REFINEMENT)).isEqualTo(Status.UNKNOWN);

    happen(1, 0.3);

    Alarm alarm = alarm(Kind.FALLING_AFTER_REFINEMENT);
    assertThat(alarm.status()).isEqualTo(Status.RAISED);
    assertThat(alarm.commit()).isEqualTo(refinement.id());
    assertThat(alarm.advice())
        .isEqualTo(
            "hone pool rollback "
                + refinement.id().substring(0, 12)
                + " --before --dry-run --space main");

    commit(Commit.Kind.ROLLBACK);
    assertThat(status(Kind.FALLING_AFTER_REFINEMENT)).isEqualTo(Status.UNKNOWN);
  }

  @Test
  void onlySessionsThatWereShownExperienceSayHowARefinementDid() {
    happen(2 * BLOCK, 0.9);
    commit(Commit.Kind.REFINE);
    happen(2 * BLOCK, 0.1, false, null);
    assertThat(status(Kind.FALLING_AFTER_REFINEMENT)).isEqualTo(Status.UNKNOWN);

    happen(2 * BLOCK, 0.9);

    assertThat(status(Kind.FALLING_AFTER_REFINEMENT)).isEqualTo(Status.QUIET);
  }

  @Test
  void typesThatLieFartherApartThanTheyMayAreNamed() {
    happen(4 * BLOCK, 0.95, true, "law");
    happen(2 * BLOCK, 0.9, true, "art");
    happen(BLOCK - 1, 0.0, true, "rare");
    assertThat(status(Kind.TYPES_APART)).isEqualTo(Status.QUIET);

    happen(4 * BLOCK, 0.1, true, "physics");

    Alarm alarm = alarm(Kind.TYPES_APART);
    assertThat(alarm.status()).isEqualTo(Status.RAISED);
    assertThat(alarm.statement()).contains("law").contains("physics");
    assertThat(alarm.advice()).contains("retrieval.type.physics");
    assertThat(alarm.groups())
        .as("best first; what is rare is not judged")
        .extracting(Alarm.Group::name)
        .containsExactly("law", "art", "physics");
  }

  @Test
  void lookingAgainWithoutNewSessionsChangesNothing() {
    happen(3 * BLOCK + 17, 0.6);

    assertThat(alarms.of(SPACE)).isEqualTo(alarms.of(SPACE));
  }

  /** How often, of many histories, at least one of many looks raised an alarm. */
  private double raised(Kind kind, Runnable before, int looks, Runnable between) {
    int raised = 0;
    for (int repetition = 0; repetition < REPETITIONS; repetition++) {
      sessions.clear();
      random = new Random(1_000 + repetition);
      before.run();
      boolean any = false;
      for (int look = 0; look < looks; look++) {
        between.run();
        any |= status(kind) == Status.RAISED;
      }
      raised += any ? 1 : 0;
    }
    double rate = (double) raised / REPETITIONS;
    System.out.printf(
        "%s: raised in %.1f %% of %d histories of %d looks%n",
        kind, 100 * rate, REPETITIONS, looks);
    return rate;
  }

  @Test
  void withoutAFallAlarmsAreAsRareAsTheLevelSaysHoweverOftenOneLooks() {
    assertThat(raised(Kind.FALLING_WITHOUT_REFINEMENT, () -> {}, 20, () -> happen(BLOCK, 0.5)))
        .isLessThanOrEqualTo(LEVEL);
    assertThat(raised(Kind.TYPES_APART, () -> {}, 20, this::typesAtTheEdge))
        .isLessThanOrEqualTo(LEVEL);
    assertThat(
            raised(
                Kind.FALLING_AFTER_REFINEMENT,
                () -> {
                  happen(4 * BLOCK, 0.5);
                  commit(Commit.Kind.REFINE);
                },
                10,
                () -> happen(BLOCK, 0.5)))
        .isLessThanOrEqualTo(LEVEL);
  }

  /** As far apart as they may be. */
  private void typesAtTheEdge() {
    happen(BLOCK, 0.65, true, "law");
    happen(BLOCK, 0.35, true, "art");
  }

  @Test
  void aLargeFallIsNearlyAlwaysFound() {
    assertThat(
            raised(
                Kind.FALLING_WITHOUT_REFINEMENT,
                () -> happen(4 * BLOCK, 0.9),
                4,
                () -> happen(BLOCK, 0.4)))
        .isGreaterThan(0.95);
    assertThat(
            raised(
                Kind.FALLING_AFTER_REFINEMENT,
                () -> {
                  happen(4 * BLOCK, 0.9);
                  commit(Commit.Kind.REFINE);
                },
                3,
                () -> happen(BLOCK, 0.5)))
        .isGreaterThan(0.95);
  }
}
