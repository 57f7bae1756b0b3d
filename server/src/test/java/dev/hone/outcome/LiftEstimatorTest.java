package dev.hone.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of trials, whose truth is known. */
class LiftEstimatorTest {

  private static final double LEVEL = 0.05;
  private static final int REPETITIONS = 200;

  /**
   * As many of the repetitions may fail where each fails with probability {@code LEVEL}: the mean,
   * 10, and 2.33 standard deviations more, which chance exceeds once in a hundred times.
   */
  private static final int FAILURES = 17;

  private static Trial coin(SplittableRandom random, double probability, double base, double lift) {
    boolean shown = random.nextDouble() < probability;
    boolean right = random.nextDouble() < base + (shown ? lift : 0);
    return new Trial(shown, probability, right ? 1 : 0);
  }

  private static LiftEstimator after(int trials, long seed, double probability, double lift) {
    SplittableRandom random = new SplittableRandom(seed);
    LiftEstimator estimator = new LiftEstimator(LEVEL);
    for (int i = 0; i < trials; i++) {
      estimator.add(coin(random, probability, 0.5, lift));
    }
    return estimator;
  }

  @Test
  void withoutTrialsAnyLiftIsPossible() {
    Lift lift = new LiftEstimator(LEVEL).lift();

    assertThat(lift.known()).isFalse();
    assertThat(lift.differs()).isFalse();
    assertThat(lift.trials()).isZero();
    assertThat(lift.low()).isEqualTo(-1);
    assertThat(lift.high()).isEqualTo(1);
    assertThat(lift.harm()).isCloseTo(1, within(1e-12));
    assertThat(lift.help()).isCloseTo(1, within(1e-12));
    assertThat(lift.detectable()).as("no lift could be told").isGreaterThan(1);
  }

  @Test
  void withTrialsOfOneArmItIsNotKnownYet() {
    LiftEstimator estimator = new LiftEstimator(LEVEL);
    IntStream.range(0, 20).forEach(_ -> estimator.add(new Trial(true, 0.9, 1)));

    assertThat(estimator.lift().known()).isFalse();
    assertThat(estimator.lift().differs()).isFalse();

    estimator.add(new Trial(false, 0.9, 0));

    assertThat(estimator.lift().known()).isTrue();
    assertThat(estimator.lift().shown()).isEqualTo(20);
    assertThat(estimator.lift().notShown()).isEqualTo(1);
  }

  /** ψ = (1 − 1/2)/(1/2) = 1; the bets are 1/2, 1/4 …; they share 1 as 1, 1/2, 1/3 …. */
  @Test
  void theFirstTrialIsScoredAndBetOnAsDefined() {
    LiftEstimator estimator = new LiftEstimator(LEVEL);
    estimator.add(new Trial(true, 0.5, 1));

    double shares = IntStream.rangeClosed(1, 8).mapToDouble(i -> 1.0 / i).sum();
    double help =
        IntStream.rangeClosed(1, 8).mapToDouble(i -> (1 + Math.pow(0.5, i)) / i).sum() / shares;
    double harm =
        IntStream.rangeClosed(1, 8).mapToDouble(i -> (1 - Math.pow(0.5, i)) / i).sum() / shares;
    assertThat(estimator.lift().estimate()).isEqualTo(1);
    assertThat(estimator.lift().help()).isCloseTo(help, within(1e-12));
    assertThat(estimator.lift().harm()).isCloseTo(harm, within(1e-12));
  }

  /** The baseline of the second is 0.2 m₁ + 0.8 m₀ with m₀ = (1/2 + 1)/2 and m₁ = (m₀ + 1)/2. */
  @Test
  void aTrialIsScoredAgainstWhatWasSeenBefore() {
    LiftEstimator estimator = new LiftEstimator(LEVEL);
    estimator.add(new Trial(true, 0.5, 1));
    estimator.add(new Trial(false, 0.8, 0.7));

    double second = (0.2 * 0.875 + 0.8 * 0.75 - 0.7) / 0.2;
    assertThat(estimator.lift().estimate()).isCloseTo((1 + second) / 2, within(1e-12));
  }

  @Test
  void theIntervalHoldsTheEstimateAndJustWhatIsNotExcluded() {
    LiftEstimator estimator = after(500, 1, 0.7, 0.2);
    Lift lift = estimator.lift();

    assertThat(lift.estimate()).isBetween(lift.low(), lift.high());
    assertThat(estimator.excludes(lift.low() - 1e-6)).isTrue();
    assertThat(estimator.excludes(lift.low() + 1e-6)).isFalse();
    assertThat(estimator.excludes(lift.high() - 1e-6)).isFalse();
    assertThat(estimator.excludes(lift.high() + 1e-6)).isTrue();
    assertThat(lift.differs()).isEqualTo(estimator.excludes(0));
    assertThat(Math.max(lift.harm(), lift.help()) >= 2 / LEVEL).isEqualTo(lift.differs());
  }

  @Test
  void theEstimateComesToTheTruthAndTheIntervalToTheEstimate() {
    Lift few = after(1_000, 1, 0.8, 0.2).lift();
    Lift many = after(50_000, 1, 0.8, 0.2).lift();

    assertThat(many.estimate()).isCloseTo(0.2, within(0.02));
    assertThat(many.high() - many.low()).isLessThan((few.high() - few.low()) / 4);
    assertThat(many.error()).isCloseTo(Math.sqrt((0.21 / 0.8 + 0.25 / 0.2) / 50_000), within(1e-4));
    assertThat(many.detectable()).isLessThan(0.05);
    assertThat(many.help()).as("huge, but a number").isFinite().isGreaterThan(1e30);
    assertThat(many.harm()).isLessThan(1e-3);
  }

  @Test
  void theArmsAreTreatedAlike() {
    SplittableRandom random = new SplittableRandom(3);
    LiftEstimator one = new LiftEstimator(LEVEL);
    LiftEstimator other = new LiftEstimator(LEVEL);
    for (int i = 0; i < 300; i++) {
      Trial trial = coin(random, 0.8, 0.4, 0.2);
      one.add(trial);
      other.add(new Trial(!trial.shown(), 1 - trial.probability(), trial.value()));
    }

    assertThat(other.lift().estimate()).isCloseTo(-one.lift().estimate(), within(1e-9));
    assertThat(other.lift().low()).isCloseTo(-one.lift().high(), within(1e-9));
    assertThat(other.lift().high()).isCloseTo(-one.lift().low(), within(1e-9));
    assertThat(other.lift().harm()).isCloseTo(one.lift().help(), within(1e-6));
  }

  @Test
  void coinsThatBecomeRarerLeaveTheIntervalValid() {
    SplittableRandom random = new SplittableRandom(4);
    LiftEstimator estimator = after(200, 4, 0.5, 0.3);
    for (int i = 0; i < 2_000; i++) {
      estimator.add(coin(random, 0.999, 0.5, 0.3));
    }

    Lift lift = estimator.lift();
    assertThat(lift.low()).isBetween(-1.0, 0.3);
    assertThat(lift.high()).isBetween(0.3, 1.0);
    assertThat(lift.harm()).isFinite();
  }

  /** How many of the histories at some look missed the mean lift so far. */
  private static long missed(History history) {
    return IntStream.range(0, REPETITIONS).parallel().filter(history::misses).count();
  }

  private interface History {
    boolean misses(int seed);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.8, 0.95})
  void theTruthIsCoveredAtEveryLook(double probability) {
    assertThat(
            missed(
                seed -> {
                  SplittableRandom random = new SplittableRandom(seed);
                  LiftEstimator estimator = new LiftEstimator(LEVEL);
                  boolean missed = false;
                  for (int i = 0; i < 2_000; i++) {
                    estimator.add(coin(random, probability, 0.4, 0.1));
                    missed |= estimator.excludes(0.1);
                  }
                  return missed;
                }))
        .isLessThanOrEqualTo(FAILURES);
  }

  /**
   * Where it did well it is shown more often, and then helps less: as rankings and people may do.
   */
  @Test
  void theMeanLiftSoFarIsCoveredWhileLiftAndProbabilityFollowFromWhatWasSeen() {
    assertThat(
            missed(
                seed -> {
                  SplittableRandom random = new SplittableRandom(seed);
                  LiftEstimator estimator = new LiftEstimator(LEVEL);
                  double lifts = 0;
                  double trend = 0;
                  boolean missed = false;
                  for (int i = 1; i <= 2_000; i++) {
                    double lift = (trend > 0 ? -0.4 : 0.4) * i / 2_000;
                    Trial trial = coin(random, trend > 0 ? 0.9 : 0.5, 0.5, lift);
                    estimator.add(trial);
                    lifts += lift;
                    trend = 0.9 * trend + (trial.shown() ? 1 : -1) * (trial.value() - 0.5);
                    missed |= estimator.excludes(lifts / i);
                  }
                  return missed;
                }))
        .isLessThanOrEqualTo(FAILURES);
  }

  @Test
  void whatDoesNothingIsRarelySaidToHarmOrToHelpHoweverOftenOneLooks() {
    assertThat(
            missed(
                seed -> {
                  SplittableRandom random = new SplittableRandom(seed);
                  LiftEstimator estimator = new LiftEstimator(LEVEL);
                  double most = 0;
                  for (int i = 0; i < 2_000; i++) {
                    estimator.add(coin(random, 0.8, 0.5, 0));
                    most = Math.max(most, estimator.harm());
                  }
                  return most >= 1 / LEVEL;
                }))
        .isLessThanOrEqualTo(FAILURES);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.9})
  void theDetectableLiftIsToldFromNothingInFourOfFiveCases(double probability) {
    int trials = 2_000;
    double[] detectable =
        IntStream.range(0, REPETITIONS)
            .mapToDouble(seed -> after(trials, seed, probability, 0).lift().detectable())
            .sorted()
            .toArray();
    double lift = detectable[REPETITIONS / 2];

    long found =
        IntStream.range(0, REPETITIONS)
            .filter(seed -> after(trials, 1_000 + seed, probability, lift).lift().differs())
            .count();

    System.out.printf(
        "probability %.1f, %d trials: a lift of %.3f is told in %.1f %% of %d histories%n",
        probability, trials, lift, 100.0 * found / REPETITIONS, REPETITIONS);
    assertThat((double) found / REPETITIONS).isBetween(0.7, 0.95);
  }

  @Test
  void outcomesThatAreMissingMoreOftenInOneArmAreSeen() {
    SplittableRandom random = new SplittableRandom(5);
    LiftEstimator alike = new LiftEstimator(LEVEL);
    LiftEstimator apart = new LiftEstimator(LEVEL);
    for (int i = 0; i < 2_000; i++) {
      boolean shown = random.nextDouble() < 0.8;
      double chance = random.nextDouble();
      alike.add(Trial.ofMissing(shown, 0.8, chance < 0.3));
      apart.add(Trial.ofMissing(shown, 0.8, chance < (shown ? 0.5 : 0.2)));
    }

    assertThat(alike.lift().differs()).isFalse();
    assertThat(apart.lift().differs()).isTrue();
    assertThat(apart.lift().low()).isPositive();
    assertThat(apart.lift().high()).isGreaterThan(0.3);
  }

  @Test
  void whatCannotBeATrialIsRefused() {
    for (double probability : Arrays.asList(0.0, 1.0, -0.1, Double.NaN)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Trial(true, probability, 1))
          .withMessageContaining("probability of being shown is " + probability);
    }
    for (double value : Arrays.asList(-0.1, 1.1, Double.NaN)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Trial(true, 0.5, value))
          .withMessageContaining("value is " + value);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new LiftEstimator(1));
  }
}
