package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.judged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Lesson;
import dev.hone.experience.Relation;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every {@link Pool} keeps the links between its items as long as both are what they were. */
abstract class LinksContract {

  private static final Lesson LESSON = fact("legs of insects", "Insects have six legs.");

  abstract Pool pool();

  private Commit apply(Change... changes) {
    return applyIn(SPACE, changes);
  }

  private Commit applyIn(String space, Change... changes) {
    return pool()
        .apply(
            new Pool.ChangeSet(space, Commit.Kind.DISTILL, "test", "why", List.of(changes), null))
        .orElseThrow();
  }

  private static Change add(String id, State state) {
    return add(id, state, "i1");
  }

  private static Change add(String id, State state, String interaction) {
    return new Change.Add(
        id, LESSON, state, ANN, List.of(judged(interaction, ANN, "six")), List.of());
  }

  private static Change link(String one, String other, Relation relation, double similarity) {
    return new Change.Link(one, other, relation, similarity);
  }

  private List<String> links(String item) {
    return links(item, ANN);
  }

  private List<String> links(String item, String principal) {
    return pool().links(SPACE, item, principal, 10).stream()
        .map(each -> each.relation() + " " + each.experience() + " " + each.similarity())
        .toList();
  }

  @Test
  void aLinkIsSeenFromBothItems() {
    apply(add("a", State.ACTIVE));
    apply(add("b", State.ACTIVE), link("b", "a", Relation.RESEMBLES, 0.9));

    assertThat(links("a")).containsExactly("RESEMBLES b 0.9");
    assertThat(links("b")).containsExactly("RESEMBLES a 0.9");
  }

  @Test
  void contradictionsComeFirstThenTheMostSimilarUpToALimit() {
    apply(
        add("a", State.ACTIVE),
        add("b", State.ACTIVE),
        add("c", State.ACTIVE),
        add("d", State.ACTIVE),
        link("a", "b", Relation.RESEMBLES, 0.9),
        link("a", "c", Relation.RESEMBLES, 0.95),
        link("a", "d", Relation.CONTRADICTS, 0.8));

    assertThat(links("a"))
        .containsExactly("CONTRADICTS d 0.8", "RESEMBLES c 0.95", "RESEMBLES b 0.9");
    assertThat(pool().links(SPACE, "a", ANN, 1))
        .containsExactly(new Pool.Linked("d", Relation.CONTRADICTS, 0.8));
  }

  @Test
  void whatACommitLinkedIsToldWhateverBecameOfIt() {
    apply(add("a", State.ACTIVE), add("b", State.CANDIDATE));
    apply(
        add("c", State.ACTIVE),
        link("c", "a", Relation.RESEMBLES, 0.9),
        link("b", "c", Relation.RESEMBLES, 0.9));
    apply(new Change.Withdraw("a", Optional.empty()));

    assertThat(pool().linkedAt(SPACE, "c", 2)).containsExactlyInAnyOrder("a", "b");
    assertThat(pool().linkedAt(SPACE, "a", 2)).containsExactly("c");
    assertThat(pool().linkedAt(SPACE, "c", 3)).isEmpty();
  }

  @Test
  void allByWhichItemsWereEverLinkedIsRemembered() {
    assertThat(pool().linkings()).isEmpty();
    pool().linksBy(new Pool.Linking(0.8, 1.2, 0.3));
    pool().linksBy(new Pool.Linking(0.95, 1.2, 0.3));
    pool().linksBy(new Pool.Linking(0.8, 1.2, 0.3));

    assertThat(pool().linkings())
        .containsExactly(new Pool.Linking(0.95, 1.2, 0.3), new Pool.Linking(0.8, 1.2, 0.3));
  }

  @Test
  void nobodyIsToldOfACandidateOfSomebodyElse() {
    apply(
        add("a", State.ACTIVE), add("b", State.CANDIDATE), link("b", "a", Relation.RESEMBLES, 0.9));

    assertThat(links("a", ANN)).hasSize(1);
    assertThat(links("a", "bob")).isEmpty();
  }

  @Test
  void aLinkEndsWhenAnItemIsWithdrawnOrSaysSomethingElse() {
    apply(
        add("a", State.ACTIVE),
        add("b", State.ACTIVE),
        add("c", State.ACTIVE),
        link("a", "b", Relation.RESEMBLES, 0.9),
        link("c", "a", Relation.RESEMBLES, 0.9));
    apply(new Change.Withdraw("b", Optional.empty()));
    assertThat(links("a")).containsExactly("RESEMBLES c 0.9");

    apply(new Change.Revise("c", LESSON, State.ACTIVE, List.of(judged("i1", ANN, "six"))));
    assertThat(links("a")).isEmpty();
  }

  @Test
  void twoItemsAreLinkedOnce() {
    apply(
        add("a", State.ACTIVE),
        add("b", State.ACTIVE),
        link("a", "b", Relation.RESEMBLES, 0.9),
        link("b", "a", Relation.CONTRADICTS, 0.8));

    assertThat(links("a")).containsExactly("RESEMBLES b 0.9");
  }

  @Test
  void aChildIsLinkedWithWhatItsParentsWereLinkedWith() {
    apply(
        add("a", State.ACTIVE),
        add("b", State.ACTIVE),
        add("c", State.ACTIVE),
        link("a", "b", Relation.RESEMBLES, 0.9),
        link("a", "c", Relation.CONTRADICTS, 0.8),
        link("b", "c", Relation.CONTRADICTS, 0.9));
    apply(
        new Change.Add("d", LESSON, State.ACTIVE, ANN, List.of(), List.of("a", "b")),
        new Change.Withdraw("a", Optional.of("d")),
        new Change.Withdraw("b", Optional.of("d")));

    assertThat(links("d")).containsExactly("CONTRADICTS c 0.8");
    assertThat(links("c")).containsExactly("CONTRADICTS d 0.8");
  }

  @Test
  void restoringBringsLinksBackAndTakesThemAway() {
    apply(add("a", State.ACTIVE), add("b", State.ACTIVE));
    apply(add("c", State.ACTIVE), link("c", "a", Relation.RESEMBLES, 0.9));
    apply(new Change.Withdraw("c", Optional.empty()));
    assertThat(links("a")).isEmpty();

    pool().restore(SPACE, 2, "test", "undo");
    assertThat(links("a")).containsExactly("RESEMBLES c 0.9");

    pool().restore(SPACE, 1, "test", "undo");
    assertThat(links("a")).isEmpty();

    pool().restore(SPACE, 4, "test", "undo");
    assertThat(links("a")).containsExactly("RESEMBLES c 0.9");
    assertThat(links("c")).containsExactly("RESEMBLES a 0.9");
  }

  @Test
  void aRestorationOfLinksAloneIsACommitThatTellsTheItem() {
    apply(add("a", State.ACTIVE), add("b", State.ACTIVE));
    apply(link("b", "a", Relation.RESEMBLES, 0.9));

    Commit commit = pool().restore(SPACE, 1, "test", "undo").orElseThrow();

    assertThat(commit.touched()).containsExactly(new Commit.Touched("a", 1, 1, State.ACTIVE));
    assertThat(links("a")).isEmpty();
    assertThat(pool().restore(SPACE, 2, "test", "undo")).isPresent();
    assertThat(links("a")).containsExactly("RESEMBLES b 0.9");
    assertThat(pool().restore(SPACE, 2, "test", "undo")).isEmpty();
  }

  @Test
  void whatIsNotShownIsNotLinked() {
    apply(add("a", State.ACTIVE), add("b", State.ACTIVE), add("c", State.ACTIVE));
    apply(new Change.Withdraw("b", Optional.empty()));
    apply(link("a", "b", Relation.RESEMBLES, 0.9), link("a", "c", Relation.RESEMBLES, 0.8));

    assertThat(links("a")).containsExactly("RESEMBLES c 0.8");
  }

  @Test
  void linksAreSeenAsTheyWereAfterACommit() {
    apply(add("a", State.ACTIVE), add("b", State.ACTIVE));
    apply(add("c", State.ACTIVE), link("c", "a", Relation.RESEMBLES, 0.9));
    apply(new Change.Withdraw("c", Optional.empty()));

    assertThat(pool().links(SPACE, "a", ANN, 10, 1)).isEmpty();
    assertThat(pool().links(SPACE, "a", ANN, 10, 2))
        .extracting(Pool.Linked::experience)
        .containsExactly("c");
    assertThat(pool().links(SPACE, "a", ANN, 10, 3)).isEmpty();
  }

  @Test
  void linksOfAnotherSpaceAreNotThere() {
    apply(add("a", State.ACTIVE), add("b", State.ACTIVE));
    applyIn(
        "other",
        add("a", State.ACTIVE, "o1"),
        add("b", State.ACTIVE, "o1"),
        link("a", "b", Relation.RESEMBLES, 0.9));

    assertThat(links("a")).isEmpty();
    assertThat(pool().links("other", "a", ANN, 10)).hasSize(1);
  }
}
