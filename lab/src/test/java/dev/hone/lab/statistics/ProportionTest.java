package dev.hone.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Intervals of shares. */
class ProportionTest {

  @Test
  void ofIndependentTrialsTheIntervalIsWilsons() {
    Proportion share = Proportion.of(8, 10);
    assertThat(share.value()).isEqualTo(0.8);
    assertThat(share.low()).isCloseTo(0.4902, within(1e-4));
    assertThat(share.high()).isCloseTo(0.9433, within(1e-4));
  }

  @Test
  void clustersOfOneAreIndependent() {
    Proportion clustered =
        Proportion.clustered(List.of(List.of(true), List.of(false), List.of(true), List.of(true)));
    assertThat(clustered).isEqualTo(Proportion.of(3, 4));
  }

  @Test
  void repeatingTheSameAnswersTellsNothingNew() {
    List<List<Boolean>> clusters =
        List.of(
            Collections.nCopies(3, true),
            Collections.nCopies(3, true),
            Collections.nCopies(3, false));
    Proportion once = Proportion.of(2, 3);
    Proportion thrice = Proportion.clustered(clusters);
    assertThat(thrice.low()).isCloseTo(once.low(), within(1e-12));
    assertThat(thrice.high()).isCloseTo(once.high(), within(1e-12));
  }

  @Test
  void repeatingOnlyRightAnswersTellsNothingNewEither() {
    Proportion share = Proportion.clustered(List.of(List.of(true, true), List.of(true, true)));
    assertThat(share.low()).isCloseTo(Proportion.of(2, 2).low(), within(1e-12));
  }

  @Test
  void theDesignEffectIsWhatClustersVaryMoreThanTrials() {
    // residuals 1, 1, -1, -1, 0: squares 4; trials 10 at one half vary by 2.5; effect 1.6
    Proportion share =
        Proportion.clustered(
            List.of(
                List.of(true, true),
                List.of(true, true),
                List.of(false, false),
                List.of(false, false),
                List.of(true, false)));
    double n = 10 / 1.6;
    double half = 1.959964 / (1 + 3.841459 / n) * Math.sqrt(0.25 / n + 3.841459 / (4 * n * n));
    assertThat(share.value()).isEqualTo(0.5);
    assertThat(share.high() - share.low()).isCloseTo(2 * half, within(1e-6));
  }

  @Test
  void ofNothingNothingIsKnown() {
    assertThat(Proportion.of(0, 0)).isEqualTo(new Proportion(0, 0, 1));
    assertThat(Proportion.clustered(List.of())).isEqualTo(new Proportion(0, 0, 1));
  }
}
