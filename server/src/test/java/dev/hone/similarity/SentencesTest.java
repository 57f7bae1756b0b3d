package dev.hone.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts are split into sentences. */
class SentencesTest {

  @Test
  void endMarksAndLineEndsEndASentence() {
    assertThat(Sentences.of("One is 1.5 m. Two! Three?\r\n\r\n  - four\nfive  "))
        .containsExactly("One is 1.5 m.", "Two!", "Three?", "- four", "five");
  }

  @Test
  void cjkSentencesEndAtTheirOwnMarks() {
    assertThat(Sentences.of("これは本です。それは何ですか？")).containsExactly("これは本です。", "それは何ですか？");
  }

  @Test
  void aBlankTextHasNone() {
    assertThat(Sentences.of(" \n \t\n")).isEmpty();
    assertThat(Sentences.normal(" ... \n !")).isEmpty();
  }

  @Test
  void repetitionIsRecognisedWhateverCaseSpacingAndEndMark() {
    assertThat(Sentences.normal("Six  LEGS!\nNo\twings."))
        .isEqualTo(Sentences.normal("six legs. NO wings"))
        .containsExactly("six legs", "no wings");
  }

  /**
   * Long enough to overflow a stack that is as deep, and to take hours where time is its square.
   */
  @ParameterizedTest
  @ValueSource(strings = {"\r\n\n", "\n", ".", ". ", "?! "})
  @Timeout(60)
  void noTextIsTooLongForIt(String unit) {
    assertThat(Sentences.normal("a" + unit.repeat(1_000_000) + "b").getFirst()).startsWith("a");
  }

  @Test
  void foldingLeavesSingleSpaces() {
    assertThat(Sentences.folded(" a \n\t b  c ")).isEqualTo("a b c");
  }
}
