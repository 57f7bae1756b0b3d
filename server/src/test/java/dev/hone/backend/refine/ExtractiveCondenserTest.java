package dev.hone.backend.refine;

import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Experience;
import dev.hone.port.Condenser.Condensation;
import dev.hone.port.Condenser.Condensed;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The built-in condenser selects; it writes nothing of its own. */
class ExtractiveCondenserTest {

  private final Analysis analysis = new Analysis();
  private final ExtractiveCondenser condenser =
      new ExtractiveCondenser(analysis, new Background(analysis));

  private static Experience says(String id, String when, String content, int support) {
    return item(id, fact(when, content), support);
  }

  private List<Condensation> condense(Experience... group) {
    return switch (condenser.condense(List.of(group))) {
      case Condensed.Made made -> made.condensations();
      case Condensed.Unreadable unreadable -> throw new AssertionError(unreadable.why());
      case Condensed.Later later -> throw new AssertionError(later.why());
    };
  }

  @Test
  void theContentWithMostSupportIsKept() {
    List<Condensation> made =
        condense(
            says("a", "legs of insects", "Insects have 6 legs.", 1),
            says("b", "legs of insects", "An insect has 6 legs", 3));

    assertThat(made).singleElement().satisfies(one -> assertThat(one.parents()).hasSize(2));
    assertThat(made.getFirst().child().content()).isEqualTo("An insect has 6 legs");
    assertThat(made.getFirst().child().when()).isEqualTo("legs of insects");
  }

  @Test
  void situationsThatAddWordsAreKept() {
    List<Condensation> made =
        condense(
            says("a", "legs of insects", "Insects have 6 legs.", 2),
            says("b", "insects' legs", "Insects have 6 legs.", 1),
            says("c", "walking beetles", "Insects have 6 legs.", 1));

    assertThat(made.getFirst().child().when()).isEqualTo("legs of insects / walking beetles");
  }

  @Test
  void aGroupIsSplitByWhatItsItemsSay() {
    List<Condensation> made =
        condense(
            says("a", "x", "Insects have 6 legs.", 1),
            says("b", "x", "Spiders have 8 legs.", 1),
            says("c", "x", "Insects have 6 legs!", 1),
            says("d", "x", "Spiders have 8 legs!", 1),
            says("e", "x", "Snakes have no legs.", 1));

    assertThat(made)
        .extracting(one -> one.parents().stream().map(Experience::id).toList())
        .containsExactly(List.of("a", "c"), List.of("b", "d"));
  }

  @Test
  void itemsThatDoNotSayTheSameAreLeftAlone() {
    assertThat(
            condense(
                says("a", "x", "Insects have 6 legs.", 1),
                says("b", "x", "Insects have 8 legs.", 1)))
        .isEmpty();
  }

  @Test
  void situationsThatAloneHoldANameAreKeptFirst() {
    List<Condensation> made =
        condense(
            says("a", "oiling valve B", "Use oil.", 2),
            says("b", "stuck lever", "Use oil.", 1),
            says("c", "oiling valve C", "Use oil.", 1),
            says("d", "oiling valve D", "Use oil.", 1));

    assertThat(made)
        .singleElement()
        .satisfies(one -> assertThat(one.parents()).hasSize(4))
        .satisfies(
            one ->
                assertThat(one.child().when())
                    .isEqualTo("oiling valve B / oiling valve C / oiling valve D"));
  }

  @Test
  void whatOneChildCannotKeepGoesIntoAnother() {
    List<Condensation> made =
        condense(
            Stream.of("B", "C", "D", "E", "F", "B")
                .map(valve -> says(valve, "oiling valve " + valve, "Use oil.", 1))
                .toArray(Experience[]::new));

    assertThat(made)
        .extracting(one -> one.child().when())
        .containsExactly(
            "oiling valve B / oiling valve C / oiling valve D", "oiling valve E / oiling valve F");
  }

  @Test
  void aSituationAndItsOppositeStayApart() {
    assertThat(
            condense(
                says("a", "when the valve opens", "Use oil.", 1),
                says("b", "when the valve never opens", "Use oil.", 1)))
        .isEmpty();
  }
}
