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
        "We thank Alice for the tea. | We thank Alice for tea."
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
        "mitosis | meiosis"
      })
  void theseDifferInOneNumberNameOrNegation(String one, String other) {
    assertThat(sameness.same(one, other)).isFalse();
    assertThat(sameness.same(other, one)).isFalse();
  }
}
