package dev.hone.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Similar is not the same. */
class SamenessTest {

  private final Analysis analysis = new Analysis();
  private final Sameness sameness = new Sameness(analysis, new Background(analysis));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Insects have six legs. | An insect has six legs!",
        "Use the blue cable. | use the blue cable",
        "B | B",
        "We thank Alice for the tea. | We thank Alice for tea.",
        "iron | Iron.",
        "(A) iron | iron",
        "(B) iron | B) iron",
        "Do NOT open it. | Do not open it.",
        "The studies of a glass vary. | Study of glass varies.",
        "👍 | 👍"
      })
  void theseSayTheSame(String one, String other) {
    assertThat(sameness.same(one, other)).isTrue();
    assertThat(sameness.same(other, one)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Insects have 6 legs. | Insects have 8 legs.",
        "Insects have six legs. | Insects have eight legs.",
        "Wait 1.5 s after each call to the remote weather station before asking again, or the"
            + " gateway refuses all later calls of the same client for one hour."
            + " | Wait 15 s after each call to the remote weather station before asking again, or"
            + " the gateway refuses all later calls of the same client for one hour.",
        "The annual autumn festival of music, dance, theatre, cinema, poetry and food takes place"
            + " in Paris near the river. | The annual autumn festival of music, dance, theatre,"
            + " cinema, poetry and food takes place in London near the river.",
        "Paris hosts the annual autumn festival of music, dance, theatre, cinema, poetry and food"
            + " near the river. | London hosts the annual autumn festival of music, dance, theatre,"
            + " cinema, poetry and food near the river.",
        "Restart the server after a change of the port. | Do not restart the server after a change"
            + " of the port.",
        "The valve opens. | The valve never opens.",
        "A | B",
        "mitosis | meiosis",
        "organs | organisms",
        "Do not open X and do not drain Y. | Open X and drain Y.",
        "Do not open X and drain Y. | Open X and do not drain Y.",
        "Do not. Open the valve. | Do not open the valve.",
        "Heat it to 5 degrees. | Heat it to -5 degrees.",
        "Few are known. | A few are known.",
        "👍 | 👎",
        "??? | !!!"
      })
  void theseDifferInOneNumberNameOrNegation(String one, String other) {
    assertThat(sameness.same(one, other)).isFalse();
    assertThat(sameness.same(other, one)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Vitamin C | Vitamin D",
        "Vitamin A | The vitamin",
        "Take vitamin A daily. | Take a vitamin daily.",
        "Open valve A. | Open valve B.",
        "hepatitis b | hepatitis c",
        "option a | option b",
        "option a | the option",
        "Use C for it. | Use C++ for it.",
        "Add 5 g. | Add 5 l."
      })
  void theseDifferInALetter(String one, String other) {
    assertThat(sameness.same(one, other)).isFalse();
    assertThat(sameness.same(other, one)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Start A before B. | Start B before A.",
        "Open the tank, close the drain. | Close the tank, open the drain.",
        "Heat it from 5 to 8 degrees. | Heat it from 8 to 5 degrees.",
        "Paris is the capital. | The capital is Paris.",
        "If x < y, then stop. | If x > y, then stop."
      })
  void theseDifferInTheirOrder(String one, String other) {
    assertThat(sameness.same(one, other)).isFalse();
    assertThat(sameness.same(other, one)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Turn the pump on. | Turn the pump off.",
        "Drain it before you open it. | Drain it after you open it.",
        "All of them melt. | Some of them melt.",
        "Avoid opening the drain valve of the large cooling tank in hall two before the morning"
            + " shift. | Opening the drain valve of the large cooling tank in hall two before the"
            + " morning shift.",
        "Open the left valve of the large cooling tank in hall two before the morning shift ends."
            + " | Open the right valve of the large cooling tank in hall two before the morning"
            + " shift ends."
      })
  void oneWordSaysTheOpposite(String one, String other) {
    assertThat(sameness.same(one, other)).isFalse();
    assertThat(sameness.same(other, one)).isFalse();
  }
}
