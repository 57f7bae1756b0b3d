package dev.hone.lab.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Simulated outcomes of known effect: clustered by session, delayed, some missing; every close of a
 * session is a look.
 */
class PowerTest {

  private static final double LEVEL = 0.05;
  private static final int REPETITIONS = 200;

  /**
   * How far a share of 200 histories that is expected at 0.05 may lie above it: 2.33 standard
   * deviations, {@code 2.33 √(0.05 · 0.95 / 200) = 0.036}, which chance exceeds once in a hundred
   * times.
   */
  private static final double SLACK = 0.036;

  private final Repetitions repetitions = new Repetitions(REPETITIONS, 1, () -> {});

  private List<SpaceRow> rows(SpaceWorld world, Integer... sessions) {
    List<SpaceRow> rows = SpaceRow.of(world, LEVEL, List.of(sessions), repetitions);
    rows.forEach(row -> System.out.println(world + ": " + row.cells()));
    return rows;
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.2, 0, 0.1})
  void theTruthIsCoveredAtEveryLookAtTheStatedRate(double lift) {
    List<SpaceRow> rows = rows(SpaceWorld.steady(lift, 0.2, 0.2), 300, 3_000);

    assertThat(rows)
        .allSatisfy(row -> assertThat(row.covered()).isGreaterThanOrEqualTo(1 - LEVEL - SLACK));
    assertThat(rows.getLast().width()).isLessThan(rows.getFirst().width() / 2);
  }

  @Test
  void theMeanLiftSoFarIsCoveredWhileItDrifts() {
    assertThat(rows(new SpaceWorld(0, 0.3, 0.2, 0.2, 0.2), 3_000))
        .allSatisfy(row -> assertThat(row.covered()).isGreaterThanOrEqualTo(1 - LEVEL - SLACK));
  }

  @Test
  void aLiftIsFoundTheMoreSurelyTheMoreIsHeldOutAndWhereThereIsNoneRarelyAny() {
    double few = rows(SpaceWorld.steady(0.1, 0.05, 0.2), 3_000).getLast().found();
    double many = rows(SpaceWorld.steady(0.1, 0.5, 0.2), 3_000).getLast().found();
    double none = rows(SpaceWorld.steady(0, 0.5, 0.2), 3_000).getLast().found();

    assertThat(many).isGreaterThan(0.95).isGreaterThan(few);
    assertThat(none).isLessThanOrEqualTo(LEVEL + SLACK);
  }

  @Test
  void outcomesMissingByArmAreSeenAndThoseMissingAtRandomAreNot() {
    assertThat(missingSeen(new SpaceWorld(0.1, 0, 0.2, 0.5, 0.2))).isGreaterThan(0.95);
    assertThat(missingSeen(SpaceWorld.steady(0.1, 0.2, 0.4))).isLessThanOrEqualTo(LEVEL + SLACK);
  }

  private static double missingSeen(SpaceWorld world) {
    long seen =
        IntStream.range(0, REPETITIONS)
            .parallel()
            .filter(
                seed ->
                    new SpaceSimulation(world, LEVEL, List.of(3_000), seed)
                        .run()
                        .getLast()
                        .missing()
                        .differs())
            .count();
    return (double) seen / REPETITIONS;
  }

  @Test
  void harmfulItemsAreDemotedHelpfulOnesAreNotAndFalseDemotionsStayBelowTheLevel() {
    List<ItemRow> rows =
        ItemRow.of(
            new ItemWorld(20, 4, 4, 0.15, 0.1, 0.2, 0.2),
            LEVEL,
            List.of(1_000, 10_000),
            repetitions);
    rows.forEach(row -> System.out.println(ItemRow.HEAD + ": " + row.cells()));

    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.wrong()).isLessThanOrEqualTo(LEVEL);
              assertThat(row.helpful()).isZero();
              assertThat(row.wronged()).isLessThan(0.05);
            });
    assertThat(rows.getLast().found())
        .as("what is doubted is seldom shown, so proof comes late")
        .isGreaterThan(0.6);
    assertThat(rows.getLast().doubted()).isGreaterThan(0.8);
    assertThat(rows.getLast().established()).isGreaterThan(0.8);
  }

  @Test
  void whereNoItemHarmsHardlyAnyHistoryDemotesOne() {
    ItemRow row =
        ItemRow.of(new ItemWorld(20, 0, 4, 0.15, 0, 0.5, 0.2), LEVEL, List.of(5_000), repetitions)
            .getLast();

    assertThat(row.ever())
        .as(String.format(Locale.ROOT, "in %.3f of the histories", row.ever()))
        .isLessThanOrEqualTo(LEVEL + SLACK);
  }

  @Test
  void theSameSeedGivesTheSameHistory() {
    SpaceWorld world = SpaceWorld.steady(0.1, 0.2, 0.2);

    assertThat(new SpaceSimulation(world, LEVEL, List.of(100, 500), 7).run())
        .isEqualTo(new SpaceSimulation(world, LEVEL, List.of(100, 500), 7).run())
        .isNotEqualTo(new SpaceSimulation(world, LEVEL, List.of(100, 500), 8).run());
  }
}
