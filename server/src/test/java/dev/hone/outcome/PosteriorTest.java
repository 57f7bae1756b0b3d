package dev.hone.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is thought of items before and after something is known of them. */
class PosteriorTest {

  private static Lift lift(double estimate, double error, int notShown) {
    return new Lift(estimate, error, -1, 1, 0.05, 10, notShown, 1, 1, 1);
  }

  @Test
  void beforeAnythingIsKnownThePriorStands() {
    assertThat(Posterior.PRIOR.given(lift(0.7, 0.01, 0))).isEqualTo(Posterior.PRIOR);
  }

  @Test
  void anEstimateAsUncertainAsThePriorMovesItHalfWay() {
    Posterior posterior = Posterior.PRIOR.given(lift(0.4, 0.1, 3));

    assertThat(posterior.mean()).isCloseTo(0.2, within(1e-12));
    assertThat(posterior.deviation()).isCloseTo(0.1 / Math.sqrt(2), within(1e-12));
  }

  @Test
  void anEstimateThatIsCertainIsBelieved() {
    Posterior posterior = Posterior.PRIOR.given(lift(-0.3, 1e-4, 3));

    assertThat(posterior.mean()).isCloseTo(-0.3, within(1e-5));
    assertThat(posterior.deviation()).isLessThan(1.01e-4);
  }

  private static List<Lift> estimated(double deviation, double error, int notShown) {
    Random random = new Random(5);
    return IntStream.range(0, 400)
        .mapToObj(
            i ->
                lift(
                    0.1 + deviation * random.nextGaussian() + error * random.nextGaussian(),
                    error,
                    notShown))
        .toList();
  }

  @Test
  void whatIsThoughtOfNewcomersIsLearnedFromTheOthers() {
    Posterior small = Posterior.among(estimated(0.02, 0.05, 4));
    Posterior large = Posterior.among(estimated(0.4, 0.2, 4));

    assertThat(small.mean()).isCloseTo(0.1, within(0.03));
    assertThat(small.deviation()).isBetween(0.02, 0.05);
    assertThat(large.mean()).isCloseTo(0.1, within(0.05));
    assertThat(large.deviation()).isCloseTo(0.4, within(0.04));
  }

  @Test
  void ofNoItemsOrFewTrialsThePriorStands() {
    assertThat(Posterior.among(List.of())).isEqualTo(Posterior.PRIOR);
    assertThat(Posterior.among(estimated(0.4, 0.2, 3))).isEqualTo(Posterior.PRIOR);
    assertThat(Posterior.among(List.of(lift(-0.9, 0.1, 4))).mean()).isBetween(-0.1, -0.01);
  }

  @Test
  void aDrawIsTheQuantileOfItsUniformNumber() {
    Posterior posterior = new Posterior(0.2, 0.1);

    assertThat(posterior.draw(0.5)).isCloseTo(0.2, within(1e-12));
    assertThat(posterior.draw(0.975)).isCloseTo(0.2 + 0.1 * 1.959964, within(1e-6));
    assertThat(posterior.draw(0.025)).isCloseTo(0.2 - 0.1 * 1.959964, within(1e-6));
    assertThatIllegalArgumentException().isThrownBy(() -> posterior.draw(0));
    assertThatIllegalArgumentException().isThrownBy(() -> posterior.draw(1));
  }
}
