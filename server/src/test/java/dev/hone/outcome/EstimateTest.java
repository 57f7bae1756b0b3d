package dev.hone.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.port.Costs.Sample;
import org.junit.jupiter.api.Test;

/** The difference of two means, by an example computed elsewhere (scipy.stats). */
class EstimateTest {

  @Test
  void theIntervalIsWelchs() {
    Estimate difference =
        Estimate.welch(new Sample(5, 10, 4), new Sample(8, 7, 9), 0.05).orElseThrow();

    assertThat(difference.value()).isEqualTo(3);
    assertThat(difference.low()).isCloseTo(3 - 3.05809, within(1e-4));
    assertThat(difference.high()).isCloseTo(3 + 3.05809, within(1e-4));
  }

  @Test
  void ofFewerThanTwoNothingIsKnown() {
    Sample many = new Sample(8, 7, 9);

    assertThat(Estimate.welch(new Sample(1, 10, 0), many, 0.05)).isEmpty();
    assertThat(Estimate.welch(many, Sample.NONE, 0.05)).isEmpty();
  }

  @Test
  void whatNeverVariesIsKnownForSure() {
    assertThat(Estimate.welch(new Sample(3, 5, 0), new Sample(2, 4, 0), 0.05))
        .contains(new Estimate(1, 1, 1));
  }

  @Test
  void itIsMultipliedAndLessenedAsAWhole() {
    assertThat(new Estimate(2, -1, 5).times(3).less(1)).isEqualTo(new Estimate(5, -4, 14));
  }
}
