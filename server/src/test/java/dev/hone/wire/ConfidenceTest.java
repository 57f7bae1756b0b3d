package dev.hone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer says of its own confidence. */
class ConfidenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          Confidence: 0.8; 0.8
          B) water. Confidence: 0.83.; 0.83
          **Confidence:** **0.5**; 0.5
          Confidence level: 75%; 0.75
          my confidence 80 %; 0.8
          CONFIDENCE = 1; 1
          Confidence: .25; 0.25
          Confidence: 0,9; 0.9
          Confidence: 0.7 (it may be the other one); 0.7
          Confidence: 90 percent; 0.9
          { "answer": "B", "confidence": 0.4 }; 0.4
          { "confidence": "65 %" }; 0.65
          """)
  void itIsReadFromALineOrAField(String answer, double confidence) {
    assertThat(Confidence.of(answer)).hasValue(confidence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Sixty bar.",
        "Confidence: 80",
        "Confidence: 1.5",
        "Confidence: -0.5",
        "Confidence: 120 %",
        "Confidence: high",
        "a confidence interval of 0.95",
        "Confidence: 0.95 of all parts pass",
        "overconfidence: 0.3",
        "End your answer with a line 'Confidence: ' and a number between 0 and 1.",
        "{\"answer\": \"B\"}",
        "{\"confidence\": 80}",
        "{\"confidence\": true}",
        "{\"said\": {\"confidence\": 0.5}}",
      })
  void whatSaysNoneSaysNone(String answer) {
    assertThat(Confidence.of(answer)).isEmpty();
  }

  @Test
  void ofSeveralLinesTheLastCounts() {
    assertThat(Confidence.of("Confidence: 0.2\nOn second thoughts:\nConfidence: 0.9\nBye."))
        .hasValue(0.9);
  }

  @Test
  void aFenceAroundTheObjectDoesNotMatter() {
    assertThat(Confidence.of("```json\n{\"confidence\": 0.3}\n```\n")).hasValue(0.3);
  }

  @Test
  void theAnswerWithoutItsLastLineIsLeftWhereThatSaysNothingElse() {
    assertThat(Confidence.without("Sixty bar.\n\n**Confidence: 0.8**\n")).isEqualTo("Sixty bar.");
    assertThat(Confidence.without("Sixty bar. Confidence: 0.8"))
        .isEqualTo("Sixty bar. Confidence: 0.8");
    assertThat(Confidence.without("Confidence: 0.8")).isEqualTo("Confidence: 0.8");
    assertThat(Confidence.without("Sixty bar.\n")).isEqualTo("Sixty bar.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"confidence ", "confidence: 1 ", "confidence: 0.5(", "}\n", "{", "``` "})
  @Timeout(60)
  void noAnswerIsTooLong(String unit) {
    String answer = "```{" + unit.repeat(200_000) + "x}```";

    assertThat(Confidence.of(answer).isPresent()).isIn(true, false);
    assertThat(Confidence.without(answer)).isNotBlank();
  }
}
