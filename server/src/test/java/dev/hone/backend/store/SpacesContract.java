package dev.hone.backend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.port.Spaces;
import dev.hone.port.Spaces.LearningMode;
import dev.hone.port.Spaces.Space;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Spaces} does. */
abstract class SpacesContract {

  abstract Spaces spaces();

  @Test
  void aSpaceThatWasMadeIsThere() {
    Space made = new Space("lab", LearningMode.RAW);

    assertThat(spaces().space("lab")).isEmpty();
    assertThat(spaces().create(made)).isTrue();
    assertThat(spaces().space("lab")).contains(made);
  }

  @Test
  void aSpaceThatIsThereStaysAsItIs() {
    Space first = new Space("lab", LearningMode.RAW);
    spaces().create(first);

    assertThat(spaces().create(new Space("lab", LearningMode.OFF))).isFalse();
    assertThat(spaces().space("lab")).contains(first);
  }

  @Test
  void howASpaceLearnsIsChangedByWhoKnowsHowItDoes() {
    spaces().create(new Space("lab", LearningMode.RAW));

    assertThat(spaces().change("lab", LearningMode.DISTILL, LearningMode.OFF)).isFalse();
    assertThat(spaces().change("none", LearningMode.RAW, LearningMode.OFF)).isFalse();
    assertThat(spaces().space("lab")).contains(new Space("lab", LearningMode.RAW));
    assertThat(spaces().change("lab", LearningMode.RAW, LearningMode.OFF)).isTrue();
    assertThat(spaces().space("lab")).contains(new Space("lab", LearningMode.OFF));
  }

  @Test
  void theLastRefinementIsKept() {
    spaces().create(new Space("lab", LearningMode.DISTILL));
    assertThat(spaces().refined("lab").size()).isZero();

    Spaces.Refined refined = new Spaces.Refined(Instant.parse("2026-02-03T04:05:06Z"), 77);
    spaces().refined("lab", refined);
    assertThat(spaces().refined("lab")).isEqualTo(refined);
  }

  @Test
  void spacesAreListedByName() {
    Space beta = new Space("beta", LearningMode.DISTILL);
    Space alpha = new Space("alpha", LearningMode.OFF);
    spaces().create(beta);
    spaces().create(alpha);

    assertThat(spaces().list()).containsExactly(alpha, beta);
  }
}
