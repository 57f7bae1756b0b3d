package dev.hone.backend.refine;

import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Experience;
import dev.hone.experience.Hit;
import dev.hone.experience.Limits;
import dev.hone.port.Retriever;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.similarity.Sameness;
import dev.hone.similarity.Scoring;
import dev.hone.similarity.Statistics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A child replaces its parents only when it loses nothing and is found. */
class ProofTest {

  private static final List<Experience> PARENTS =
      List.of(
          item("a", fact("boiling water on Everest", "In Nepal water boils at 71 degrees."), 1),
          item(
              "b",
              fact("cooking rice high up", "Do cook rice longer in Nepal, at 71 degrees."),
              1));
  private static final String WHEN = "boiling water on Everest / cooking rice high up";

  private final Analysis analysis = new Analysis();
  private final Background background = new Background(analysis);
  private final Scoring scoring =
      new Scoring(analysis, background, Statistics.of(background, List.of()), new Bm25(1.2, 0.3));

  private final Sameness sameness = new Sameness(analysis, background);

  private Proof.Verdict check(Retriever others, String when, String content) {
    return check(others, PARENTS, when, content);
  }

  private Proof.Verdict check(
      Retriever others, List<Experience> parents, String when, String content) {
    return new Proof(others, sameness, Limits.of(2), 0.15)
        .check(SPACE, parents, fact(when, content), scoring);
  }

  @Test
  void aChildThatKeepsEverythingIsAccepted() {
    Proof.Verdict verdict =
        check(query -> List.of(), WHEN, "In Nepal water boils at 71 degrees: cook rice longer.");

    assertThat(verdict.holds()).isTrue();
    assertThat(verdict.statement()).contains("2 items");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "In Nepal water boils early: cook rice longer.",
        "In Nepal water boils at 72 degrees: cook rice longer.",
        "High up water boils at 71 degrees: cook rice longer.",
        "In Nepal water does not boil at 71 degrees: cook rice longer."
      })
  void aChildThatLosesANumberNameOrNegationIsRejected(String content) {
    Proof.Verdict verdict = check(query -> List.of(), WHEN, content);

    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.statement()).contains("loses a number, name or negation of item a");
  }

  @Test
  void whatTheContentSaysMustBeInTheContent() {
    String content = "In Nepal water boils early: cook rice longer.";

    assertThat(check(query -> List.of(), WHEN + " at 71 degrees", content).statement())
        .contains("loses a number, name or negation of item a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "opening valve C in hall 2 when it does not drain",
        "opening valve B or C in a hall when it does not drain",
        "opening valve B or C in hall 2 when it drains",
        "not opening valve B or C in hall 2 when it drains"
      })
  void aChildThatLosesANumberNameOrNegationOfASituationIsRejected(String when) {
    List<Experience> parents =
        List.of(
            item("a", fact("opening valve C in hall 2 when it does not drain", "Use oil."), 1),
            item("b", fact("opening valve B in hall 2 when it does not drain", "Use oil."), 1));

    assertThat(check(query -> List.of(), parents, when, "Use oil.").statement())
        .contains("loses a number, name or negation of item");
    String both = parents.get(0).lesson().when() + " / " + parents.get(1).lesson().when();
    assertThat(check(query -> List.of(), parents, both, "Use oil.").holds()).isTrue();
  }

  @Test
  void aChildThatNegatesWhatNoParentNegatesIsRejected() {
    String content = "In Nepal water boils at 71 degrees: cook rice longer, never stir.";

    assertThat(check(query -> List.of(), WHEN, content).statement())
        .isEqualTo("the child negates what no item negates");
  }

  @Test
  void aChildThatIsNotFoundForASituationIsRejected() {
    Proof.Verdict verdict =
        check(query -> List.of(), "boiling water on Everest", "In Nepal at 71 degrees.");

    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.statement()).contains("not retrieved for the situation of item b");
  }

  @Test
  void aChildThatWouldNotBeShownBesideBetterItemsIsRejected() {
    List<Hit> better =
        Stream.of("x", "y")
            .map(id -> new Hit(item(id, fact("cooking rice high up", "rice high up"), 1), 9, 1))
            .toList();
    String content = "In Nepal water boils at 71 degrees: cook rice longer, as everybody knows.";

    assertThat(check(query -> better, WHEN, content).holds()).isFalse();
    assertThat(check(query -> better.subList(0, 1), WHEN, content).holds()).isTrue();
  }
}
