package dev.hone.frontend.distill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of many words those are kept that tell something. */
class TellingSentencesTest {

  private static final String CHATTER = "It was a nice day and we all had a good time there. ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Only on Sundays the gate is shut.",
        "The limit is 48 litres.",
        "Ask Doctor Meyer for it.",
        "You must not open it.",
        "Wenn es regnet, bleibt das Tor zu.",
        "The gate of the harbour opens late."
      })
  void aSentenceIsKeptForItsConditionNumberNameNegationOrSubject(String telling) {
    String text = CHATTER.repeat(5) + telling + " " + CHATTER.repeat(5);

    assertThat(TellingSentences.of(text, "When does the harbour gate open?", 60))
        .containsExactly(telling);
  }

  @Test
  void theyStayInTheirOrderAndNeighboursAreOneSpanAsItStands() {
    String text =
        "First turn V7.\n  Then turn V8, never before. " + CHATTER + "Pressure is 3 bar at most.";

    assertThat(TellingSentences.of(text, "the rig", 90))
        .containsExactly(
            "First turn V7.\n  Then turn V8, never before.", "Pressure is 3 bar at most.");
  }

  @Test
  void aSentenceThatIsTooLongIsLeftOut() {
    assertThat(TellingSentences.of("Never " + "turn ".repeat(40) + "it 7 times.", "", 50))
        .isEmpty();
  }

  @Test
  void theSameSentenceTwiceIsFoundInBothPlaces() {
    assertThat(TellingSentences.of("Turn V7. " + CHATTER + "Turn V7.", "", 20))
        .containsExactly("Turn V7.", "Turn V7.");
  }
}
