package dev.hone.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Statistics follow the formula: counts of the pool plus a hundred imagined documents. */
class StatisticsTest {

  private final Background background = new Background(new Analysis());

  private final Statistics statistics =
      Statistics.of(
          background,
          List.of(
              List.of("insect", "leg", "leg"),
              List.of("insect", "wing"),
              List.of("the", "spider", "leg", "eight", "eye")));

  @Test
  void theWeightOfATellingWordFollowsItsDocuments() {
    // Two of three documents, and 0.2 of the hundred imagined ones.
    assertThat(statistics.idf("leg"))
        .isCloseTo(Math.log(1 + (103 - 2.2 + 0.5) / (2.2 + 0.5)), within(1e-9));
    assertThat(statistics.idf("unheard"))
        .isCloseTo(Math.log(1 + (103 - 0.2 + 0.5) / (0.2 + 0.5)), within(1e-9));
  }

  @Test
  void aFunctionWordOccursInFortyOfTheImaginedDocuments() {
    assertThat(statistics.idf("the"))
        .isCloseTo(Math.log(1 + (103 - 41 + 0.5) / (41 + 0.5)), within(1e-9));
    assertThat(background.documents("which")).isEqualTo(40);
  }

  @Test
  void theImaginedDocumentsHaveTwentyTerms() {
    assertThat(statistics.averageLength()).isCloseTo((10 + 2000) / 103.0, within(1e-9));
    assertThat(statistics.documents()).isEqualTo(3);
  }

  @Test
  void anEmptyPoolStandsOnTheBackgroundAlone() {
    Statistics none = Statistics.of(background, List.of());

    assertThat(none.averageLength()).isEqualTo(20);
    assertThat(none.idf("insect")).isGreaterThan(none.idf("which")).isPositive();
  }

  @Test
  void labelsOfChoicesAreFunctionWordsAndDigitsAreNot() {
    assertThat(background.common("b")).isTrue();
    assertThat(background.common("é")).isTrue();
    assertThat(background.common("7")).isFalse();
    assertThat(background.common("д")).isFalse();
    assertThat(background.common("日")).isFalse();
    assertThat(background.common("insect")).isFalse();
  }
}
