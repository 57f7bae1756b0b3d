package dev.hone.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a paraphrase may not change. */
class FactsTest {

  private final Analysis analysis = new Analysis();
  private final Background background = new Background(analysis);

  private Facts facts(String text) {
    return Facts.of(text, analysis, background);
  }

  @Test
  void aVeryLongWordIsRead() {
    assertThatNoException().isThrownBy(() -> facts("a-".repeat(100_000)));
    assertThatNoException().isThrownBy(() -> facts("1,".repeat(100_000)));
  }

  @Test
  void numbersAreReadWithTheirSignAndWithoutThousandsSeparators() {
    assertThat(facts("1,000,000 of 12 cost 3.50 or 2,5 at -5 or −6, on pages 7-8").numbers())
        .containsExactlyInAnyOrder("1000000", "12", "3.50", "2,5", "-5", "-6", "7", "8");
  }

  @Test
  void namesAreCapitalsInsideASentenceWordsInCapitalsAndCodes() {
    assertThat(facts("Yesterday we met Ann's dog in Berlin. NASA uses B12 and vitamin k2.").names())
        .containsExactlyInAnyOrder("ann", "berlin", "nasa", "b12", "k2");
  }

  @Test
  void loneLettersAreNamesButNotTheArticleAndThePronoun() {
    assertThat(facts("A man and I take a vitamin C. B is an option, c is too. It is I.").names())
        .containsExactlyInAnyOrder("b", "c");
    assertThat(facts("Take vitamin A, option b or valve Ω.").names())
        .containsExactlyInAnyOrder("a", "b", "ω");
  }

  @Test
  void aCapitalisedWordThatBeginsASentenceMayBeAName() {
    assertThat(facts("Berlin is big. The \"sea\" is not. (Rome) / Ann is here").openings())
        .containsExactlyInAnyOrder("berlin", "rome", "ann");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "It is not red.",
        "It isn't red.",
        "It doesn’t look red.",
        "Nobody is red.",
        "Tea without red milk.",
        "You cannot go red.",
        "It is NOT red.",
        "Das ist nicht red.",
        "Es gibt keinen red Tee.",
        "Never again red."
      })
  void aNegatingWordNegates(String text) {
    assertThat(facts(text).negated()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"It is so.", "A note on nothingness.", "Knots", "C'est un génie."})
  void otherWordsDoNot(String text) {
    assertThat(facts(text).negated()).isEmpty();
  }

  @Test
  void aNegationIsKnownByTheWordThatItNegates() {
    assertThat(facts("Do not open the tank, and never drain it. Stir. No, it is not.").negated())
        .containsExactly("open", "drain", "", "");
    assertThat(facts("Do not open the tank").stated()).containsExactly("tank");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Add 5 g of salt. | Add salt, 5 g of it. | true",
        "Add 5 g of salt, for Alice. | Add 5 g of salt. | true",
        "Add 5 g of salt. | Add 6 g of salt. | false",
        "Keep it at 5 degrees. | Keep it at -5 degrees. | false",
        "Add salt. | Add 5 g of salt. | false",
        "Say it to Bob. | Say it to Alice. | false",
        "Take vitamin C. | Take vitamin D. | false",
        "Take the vitamin. | Take vitamin A. | false"
      })
  void numbersAndNamesAreKept(String child, String parent, boolean kept) {
    assertThat(facts(child).keep(facts(parent))).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Paris is the capital. | Berlin is the capital. | false",
        "It is the capital. | Berlin is the capital. | false",
        "The capital is Berlin. | Berlin is the capital. | true",
        "Berlin is the capital. | The capital is Berlin. | true",
        "An insect has six legs. | Insects have six legs. | true",
        "Six legs. | There are six legs. | true"
      })
  void aWordThatBeginsASentenceIsKeptInAnyCase(String child, String parent, boolean kept) {
    assertThat(facts(child).keep(facts(parent))).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Do not add salt. | Add salt. | false",
        "Add salt. | Never add salt. | false",
        "Never add any salt. | Do not add salt. | true",
        "Do not add salt, and do not stir. | Do not add salt. | true",
        "Do not add salt, and stir. | Do not add salt, and do not stir. | false",
        "Add salt, and stir. | Do not add salt, and do not stir. | false",
        "Add salt, and do not stir. | Do not add salt, and stir. | false",
        "Do not add salt, but add oil. | Do not add salt, and do not add oil. | false",
        "Do not add salt or oil. | Do not add salt, and do not add oil. | false"
      })
  void negationsAreNeitherLostNorMovedNorContradicted(String child, String parent, boolean kept) {
    assertThat(facts(child).keep(facts(parent))).isEqualTo(kept);
  }

  @Test
  void aNegationComesFromOneOfTheOthers() {
    Facts child = facts("Do not add salt, and do not stir.");
    Facts salt = facts("Do not add salt.");

    assertThat(child.negateOnlyWhatIsNegatedIn(List.of(salt, facts("Never stir.")))).isTrue();
    assertThat(child.negateOnlyWhatIsNegatedIn(List.of(salt, facts("Add oil.")))).isFalse();
  }
}
