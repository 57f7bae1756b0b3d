package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Exposure;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Usage;
import dev.hone.port.Costs;
import dev.hone.port.Costs.Sample;
import dev.hone.port.Costs.Tokens;
import dev.hone.port.Costs.Weights;
import dev.hone.port.Journal;
import dev.hone.port.Spending;
import dev.hone.testing.Samples;
import dev.hone.testing.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How all {@link Costs} add up what was spent. */
abstract class CostsContract {

  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");

  abstract Stores stores();

  abstract Costs costs();

  private static Instant after(int hours) {
    return START.plus(Duration.ofHours(hours));
  }

  private void answered(
      String id, String space, int at, @Nullable Usage usage, Exposure... exposures) {
    Journal.Opening plain =
        opening(id, scope(space, ANN), "of-" + id, null, null, after(at), user("?" + id));
    stores().journal().opened(Samples.finding(plain, List.of(exposures)));
    Journal.Completion whole = Samples.answered(assistant("!" + id), after(at));
    stores()
        .journal()
        .completed(
            space,
            id,
            new Journal.Completion(
                InteractionState.COMPLETED,
                200,
                whole.answer(),
                whole.raw(),
                false,
                whole.chain(),
                usage,
                whole.at()));
  }

  private static Exposure drawn(
      String interaction, int rank, Exposure.Arm arm, double holdout, int tokens) {
    return new Exposure(interaction, "item" + rank, 1, rank, tokens, arm, 1 - holdout, holdout);
  }

  private static Exposure shown(String interaction, int rank, int tokens) {
    return drawn(interaction, rank, Exposure.Arm.AUGMENTED, 0, tokens);
  }

  @Test
  void aDayHasWhatLearningAndAnswersCost() {
    stores().spending().add(SPACE, FIRST, Spending.Cost.call(70));
    stores().spending().add(SPACE, FIRST, Spending.Cost.distilling(Duration.ofMillis(1500)));
    stores().spending().add(SPACE, FIRST, Spending.Cost.keeping(Duration.ofMillis(500)));
    stores().spending().add(SPACE, FIRST, Spending.Cost.searching(Duration.ofMillis(30)));
    answered("i1", SPACE, 1, new Usage(100, 60, 20), shown("i1", 1, 5), shown("i1", 2, 7));
    answered("i2", SPACE, 2, new Usage(10, 0, 2), shown("i2", 1, 5));
    answered("i3", SPACE, 3, null);
    answered("i4", "other", 3, new Usage(1000, 1000, 1000), shown("i4", 1, 1000));
    stores().spending().add("other", FIRST, Spending.Cost.call(1000));

    assertThat(costs().days(SPACE, FIRST))
        .containsExactly(
            new Costs.Day(
                FIRST,
                new Spending.Cost(
                    1, 70, Duration.ofMillis(1500), Duration.ofMillis(500), Duration.ofMillis(30)),
                3,
                1,
                2,
                17,
                new Tokens(110, 60, 22)));
  }

  @Test
  void daysAreThoseOfTheRequestsInTheirOrder() {
    answered("i1", SPACE, 50, new Usage(1, 0, 1));
    answered("i2", SPACE, 23, new Usage(2, 0, 1));
    answered("i3", SPACE, 24, new Usage(3, 0, 1));
    stores().spending().add(SPACE, FIRST.plusDays(5), Spending.Cost.call(9));

    assertThat(costs().days(SPACE, FIRST.plusDays(1)))
        .extracting(Costs.Day::day)
        .containsExactly(FIRST.plusDays(1), FIRST.plusDays(2), FIRST.plusDays(5));
    assertThat(costs().days(SPACE, FIRST)).hasSize(4);
    assertThat(costs().spent(SPACE)).isEqualTo(Spending.Cost.call(9));
    assertThat(costs().spent("nobody's")).isEqualTo(Spending.Cost.NONE);
  }

  @Test
  void aDayOnWhichNothingWasSpentIsNone() {
    stores().spending().add(SPACE, FIRST, Spending.Cost.searching(Duration.ofNanos(1)));

    assertThat(costs().days(SPACE, FIRST)).isEmpty();
  }

  @Test
  void whatWasHeldBackOrImportedCostsNothing() {
    answered("i1", SPACE, 1, new Usage(100, 0, 20), drawn("i1", 1, Exposure.Arm.HOLDOUT, 0.5, 5));
    answered("i2", SPACE, 1, new Usage(100, 0, 20), shown("i2", 1, 5));
    stores()
        .database()
        .write(
            handle -> handle.execute("UPDATE interaction SET source = 'file 1' WHERE id = 'i2'"));

    assertThat(costs().days(SPACE, FIRST))
        .singleElement()
        .extracting(Costs.Day::interactions, Costs.Day::augmented, Costs.Day::injected)
        .containsExactly(1, 0, 0L);
  }

  @Test
  void sessionsOfEachArmAreComparedWhereSomeWereHeldOut() {
    answered("i1", SPACE, 1, new Usage(10, 4, 2), drawn("i1", 1, Exposure.Arm.AUGMENTED, 0.5, 5));
    answered("i2", SPACE, 2, new Usage(16, 0, 2), drawn("i2", 1, Exposure.Arm.AUGMENTED, 0.5, 5));
    answered("i3", SPACE, 3, new Usage(90, 0, 9), drawn("i3", 1, Exposure.Arm.HOLDOUT, 0.5, 5));
    answered("i4", SPACE, 4, null, drawn("i4", 1, Exposure.Arm.HOLDOUT, 0.5, 5));
    answered("i5", SPACE, 5, new Usage(999, 0, 9), shown("i5", 1, 5));
    answered("i6", SPACE, 6, new Usage(999, 0, 9));
    while (new SqlClosedSessions(stores().database()).close(after(9), after(9), 2)) {}

    assertThat(costs().sessions(SPACE, true, Weights.TOKENS)).isEqualTo(new Sample(2, 15, 18));
    assertThat(costs().sessions(SPACE, true, new Weights(10, 1, 100)))
        .isEqualTo(new Sample(2, (264 + 360) / 2.0, 48 * 48 * 2));
    assertThat(costs().sessions(SPACE, false, Weights.TOKENS)).isEqualTo(new Sample(1, 99, 0));
    assertThat(costs().sessions("other", false, Weights.TOKENS)).isEqualTo(Sample.NONE);
  }
}
