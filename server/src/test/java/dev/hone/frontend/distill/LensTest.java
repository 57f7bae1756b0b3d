package dev.hone.frontend.distill;

import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.episode;
import static dev.hone.testing.Samples.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Interaction;
import dev.hone.experience.Outcome;
import dev.hone.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of an episode follows from its outcomes. */
class LensTest {

  private static Outcome judged(double value) {
    return new Outcome("o", "i", "reward", value, null, null, "bob", Samples.START);
  }

  private static Interaction attempt(String id, String task, double value) {
    return interaction(id, task, "Done.", judged(value));
  }

  @Test
  void whatIsJudgedGoodIsASuccessAndWhatIsJudgedBadAFailure() {
    Interaction unjudged = interaction("i0", "How?", "So.");

    assertThat(Lens.of(episode(unjudged))).isEqualTo(Lens.UNJUDGED);
    assertThat(Lens.of(episode(unjudged, attempt("i1", "Fly to Rome", 1)))).isEqualTo(Lens.SUCCESS);
    assertThat(Lens.of(episode(unjudged, attempt("i1", "Fly to Rome", 0)))).isEqualTo(Lens.FAILURE);
    assertThat(Lens.of(episode(interaction("i1", "How?", "So.", correction("o", "i1", "b", "No")))))
        .isEqualTo(Lens.FAILURE);
  }

  @Test
  void aWordWithoutAJudgementJudgesNothing() {
    Outcome remark = new Outcome("o", "i1", "remark", null, null, "Hm.", "bob", Samples.START);

    assertThat(Lens.of(episode(interaction("i1", "How?", "So.", remark)))).isEqualTo(Lens.UNJUDGED);
  }

  @Test
  void whatWasTakenBackDoesNotCount() {
    assertThat(Lens.of(episode(interaction("i1", "How?", "So.", judged(0), judged(1)))))
        .isEqualTo(Lens.SUCCESS);
  }

  @ParameterizedTest
  @CsvSource({
    "Book a flight from New York to Seattle, Book me a flight from New York to Seattle, CONTRAST",
    "Close loop 3 of the Kestrel rig, Close loop 4 of the Kestrel rig, MIXED",
    "Close loop 3 of the Kestrel rig, Where is the spare fuse kept?, MIXED"
  })
  void severalAttemptsAtOneTaskAreCompared(String good, String bad, Lens lens) {
    assertThat(Lens.of(episode(attempt("i1", good, 1), attempt("i2", bad, 0)))).isEqualTo(lens);
  }

  @Test
  void goodAndBadInOneConversationAreMixed() {
    Interaction first = attempt("i1", "Fly to Rome", 0);
    Interaction second =
        interaction(
            "i2", first.scope(), first.conversation(), "i1", "Fly to Rome", "Done.", judged(1));

    assertThat(Lens.of(episode(first, second))).isEqualTo(Lens.MIXED);
  }
}
