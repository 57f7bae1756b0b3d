package dev.hone.backend.refine;

import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Experience;
import dev.hone.port.Condenser.Condensation;
import dev.hone.port.Condenser.Condensed;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Sameness;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The condenser without a proof makes one of whatever is similar. */
class RepresentativeCondenserTest {

  private final Analysis analysis = new Analysis();
  private final RepresentativeCondenser condenser =
      new RepresentativeCondenser(new Sameness(analysis, new Background(analysis)));

  private static Experience says(String id, String content, int support) {
    return item(id, fact("legs of " + id, content), support);
  }

  private Condensation condense(Experience... group) {
    return switch (condenser.condense(List.of(group))) {
      case Condensed.Made made -> made.condensations().getFirst();
      case Condensed.Unreadable unreadable -> throw new AssertionError(unreadable.why());
      case Condensed.Later later -> throw new AssertionError(later.why());
    };
  }

  @Test
  void whatMostItemsSayIsKeptAndTheOthersAreLost() {
    Condensation made =
        condense(
            says("a", "Spiders have 8 legs.", 5),
            says("b", "Insects have 6 legs.", 1),
            says("c", "Insects have 6 legs!", 1));

    assertThat(made.parents()).hasSize(3);
    assertThat(made.child().content()).isEqualTo("Insects have 6 legs.");
    assertThat(made.child().when()).isEqualTo("legs of b");
  }

  @Test
  void amongEqualsTheBestSupportedIsKept() {
    assertThat(condense(says("a", "Six.", 1), says("b", "Eight.", 2)).child().content())
        .isEqualTo("Eight.");
  }
}
