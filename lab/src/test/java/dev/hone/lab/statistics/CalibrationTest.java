package dev.hone.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.lab.statistics.Calibration.Judged;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How confidences fit what was right, by hand. */
class CalibrationTest {

  @Test
  void fourAnswersByHand() {
    Calibration calibration =
        Calibration.of(
            List.of(
                new Judged(0.9, true),
                new Judged(0.8, false),
                new Judged(0.7, true),
                new Judged(0.2, false)));
    assertThat(calibration.named()).isEqualTo(4);
    assertThat(calibration.right().orElseThrow()).isCloseTo(0.8, within(1e-12));
    assertThat(calibration.wrong().orElseThrow()).isCloseTo(0.5, within(1e-12));
    assertThat(calibration.brier().orElseThrow())
        .isCloseTo((0.01 + 0.64 + 0.09 + 0.04) / 4, within(1e-12));
    assertThat(calibration.auc().orElseThrow()).isCloseTo(3 / 4.0, within(1e-12));
    assertThat(calibration.ece().orElseThrow())
        .isCloseTo((0.1 + 0.8 + 0.3 + 0.2) / 4, within(1e-12));
  }

  @Test
  void answersOfOneBinAreJudgedTogether() {
    Calibration calibration =
        Calibration.of(List.of(new Judged(0.5, true), new Judged(0.5, false)));
    assertThat(calibration.ece().orElseThrow()).isZero();
    assertThat(calibration.auc().orElseThrow()).isEqualTo(0.5);
    assertThat(Calibration.of(List.of(new Judged(1, true))).ece().orElseThrow()).isZero();
  }

  @Test
  void whereThereIsNothingToCompareNothingIsSaid() {
    assertThat(Calibration.of(List.of()).brier()).isEmpty();
    assertThat(Calibration.of(List.of()).ece()).isEmpty();
    assertThat(Calibration.of(List.of(new Judged(0.5, true))).auc()).isEmpty();
    assertThat(Calibration.of(List.of(new Judged(0.5, true))).wrong()).isEmpty();
  }
}
