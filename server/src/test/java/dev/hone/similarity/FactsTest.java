package dev.hone.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a paraphrase may not change. */
class FactsTest {

  @Test
  void numbersAreReadWithoutThousandsSeparators() {
    assertThat(Facts.of("1,000,000 of 12 cost 3.50 or 2,5").numbers())
        .containsExactlyInAnyOrder("1000000", "12", "3.50", "2,5");
  }

  @Test
  void namesAreCapitalsInsideASentenceWordsInCapitalsAndCodes() {
    assertThat(
            Facts.of("Yesterday we met Alice in Paris. NASA uses B12 and vitamin k2. It is I.")
                .names())
        .containsExactlyInAnyOrder("alice", "paris", "nasa", "b12", "k2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "It is not so.",
        "It isn't so.",
        "It doesn’t work.",
        "Nobody knows.",
        "Tea without milk.",
        "You cannot go.",
        "Das ist nicht so.",
        "Es gibt keinen Tee.",
        "Never again."
      })
  void aNegatingWordNegates(String text) {
    assertThat(Facts.of(text).negated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"It is so.", "It is not without milk.", "A note on nothingness.", "Knots"})
  void noneOrTwoNegatingWordsDoNot(String text) {
    assertThat(Facts.of(text).negated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Add 5 g of salt. | Add salt, 5 g of it. | true",
        "Add 5 g of salt, for Alice. | Add 5 g of salt. | true",
        "Add 5 g of salt. | Add 6 g of salt. | false",
        "Add salt. | Add 5 g of salt. | false",
        "Say it to Bob. | Say it to Alice. | false",
        "Do not add salt. | Add salt. | false",
        "Add salt. | Never add salt. | false"
      })
  void factsAreKeptWhenNothingIsMissingOrContradicted(String child, String parent, boolean kept) {
    assertThat(Facts.of(child).keep(Facts.of(parent))).isEqualTo(kept);
  }
}
