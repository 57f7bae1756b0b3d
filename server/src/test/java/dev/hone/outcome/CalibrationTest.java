package dev.hone.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hone.outcome.Calibration.Bin;
import dev.hone.outcome.Calibration.Said;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far confidences can be believed, by examples counted by hand. */
class CalibrationTest {

  @Test
  void ofNoAnswersNothingIsKnown() {
    assertThat(Calibration.of(List.of())).isEmpty();
  }

  /** Bins: 0.2–0.3 with one wrong at 0.25, 0.9–1 with one right at 0.9 and one wrong at 1. */
  @Test
  void errorBrierAndMeansAreAsDefined() {
    Calibration calibration =
        Calibration.of(List.of(new Said(0.9, 1), new Said(1, 0), new Said(0.25, 0.4)))
            .orElseThrow();

    assertThat(calibration.answers()).isEqualTo(3);
    assertThat(calibration.bins())
        .containsExactly(new Bin(0.2, 0.3, 1, 0.25, 0), new Bin(0.9, 1.0, 2, 0.95, 0.5));
    assertThat(calibration.error()).isCloseTo((0.25 + 2 * 0.45) / 3, within(1e-12));
    assertThat(calibration.brier()).isCloseTo((0.01 + 1 + 0.0625) / 3, within(1e-12));
    assertThat(calibration.whenRight()).isEqualTo(0.9);
    assertThat(calibration.whenWrong()).isCloseTo(0.625, within(1e-12));
  }

  @Test
  void whoIsRightAsOftenAsHeSaysIsCalibrated() {
    List<Said> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(new Said(0.75, i < 75 ? 1 : 0));
    }

    Calibration calibration = Calibration.of(answers).orElseThrow();

    assertThat(calibration.error()).isCloseTo(0, within(1e-12));
    assertThat(calibration.brier()).isCloseTo(0.75 * 0.25, within(1e-12));
  }

  @Test
  void aMeanOfNoAnswersIsNotKnown() {
    Calibration calibration = Calibration.of(List.of(new Said(0.8, 1))).orElseThrow();

    assertThat(calibration.whenRight()).isEqualTo(0.8);
    assertThat(calibration.whenWrong()).isNull();
  }

  @Test
  void halfAValueIsRight() {
    assertThat(Calibration.of(List.of(new Said(0.5, 0.5))).orElseThrow().whenRight())
        .isEqualTo(0.5);
  }

  @Test
  void whatIsNoConfidenceIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Said(1.1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Said(Double.NaN, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Said(0.5, -1));
  }
}
