package dev.hone.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts become terms. */
class AnalysisTest {

  private final Analysis analysis = new Analysis();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Insects have legs. | insect have leg",
        "the dog's and the dogs’ bones | the dog and the dog bone",
        "A B c 7 | a b c 7",
        "日本語 | 日本 本語",
        "水 | 水",
        "東京 Tower 한국 | 東京 tower 한국",
        "ＡＢＣ １２ | abc 12",
        "Straße ÉCOLE | straße école",
        "x=3.14, e-mail | x 3.14 e mail",
        "running ran runs | run ran run"
      })
  void aTextBecomesTheseTerms(String text, String terms) {
    assertThat(analysis.terms(text)).containsExactly(terms.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"''", "' \t\n'", "'!?… — 🙂'"})
  void whatHoldsNoWordHasNoTermsBesidesSymbols(String text) {
    assertThat(analysis.terms(text))
        .noneMatch(term -> term.codePoints().anyMatch(Character::isLetterOrDigit));
  }
}
