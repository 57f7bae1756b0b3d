package dev.hone.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Scores, choices and confidences are read as people would. */
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
  void aChoiceIsNamedByItsLetterOrItsText() {
    List<String> choices = List.of("iron", "copper wire", "a zinc plate", "lead");
    assertThat(Choice.of("B) copper wire\nConfidence: 0.5", choices)).isEqualTo(1);
    assertThat(Choice.of("(c) because", choices)).isEqualTo(2);
    assertThat(Choice.of("D", choices)).isEqualTo(3);
    assertThat(Choice.of("Answer: A.", choices)).isZero();
    assertThat(Choice.of("It is the zinc plate, a zinc plate.", choices)).isEqualTo(2);
    assertThat(Choice.of("iron or lead", choices)).isEqualTo(-1);
    assertThat(Choice.of("I don't know.", choices)).isEqualTo(-1);
    assertThat(Choice.of("A very long story", choices)).isEqualTo(-1);
    assertThat(Choice.of("H) nothing", choices)).isEqualTo(-1);
  }

  @Test
  void aConfidenceIsReadAsShareOrPercentage() {
    assertThat(Examination.confidence("B\nConfidence: 0.83")).hasValue(0.83);
    assertThat(Examination.confidence("confidence = 70 %")).hasValue(0.7);
    assertThat(Examination.confidence("Confidence: 12")).isEmpty();
    assertThat(Examination.confidence("quite sure")).isEmpty();
  }
}
