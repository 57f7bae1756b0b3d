package dev.hone.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.wire.Confidence;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Scores and confidences are read as people would. */
class ScoreTest {

  @Test
  void theIntervalIsWilsons() {
    List<Score.Asked> asked = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      asked.add(new Score.Asked(i < 8, OptionalDouble.of(i < 8 ? 0.9 : 0.4)));
    }
    Score score = Score.of(asked);
    assertThat(score.accuracy()).isEqualTo(0.8);
    assertThat(score.low()).isCloseTo(0.4902, within(1e-4));
    assertThat(score.high()).isCloseTo(0.9433, within(1e-4));
    assertThat(score.confidenceRight().orElseThrow()).isCloseTo(0.9, within(1e-9));
    assertThat(score.confidenceWrong().orElseThrow()).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void aScoreWithoutConfidencesHasNone() {
    Score score = Score.of(List.of(new Score.Asked(true, OptionalDouble.empty())));
    assertThat(score.confidenceRight()).isEmpty();
    assertThat(score.confidenceWrong()).isEmpty();
  }

  @Test
  void aConfidenceIsReadAsShareOrPercentage() {
    assertThat(Confidence.of("B\nConfidence: 0.83")).hasValue(0.83);
    assertThat(Confidence.of("confidence = 70 %")).hasValue(0.7);
    assertThat(Confidence.of("Confidence: 12")).isEmpty();
    assertThat(Confidence.of("quite sure")).isEmpty();
  }
}
