package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.asked;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.judged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Kind;
import dev.hone.experience.Lesson;
import dev.hone.experience.Query;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Pool} does with changes of items. */
abstract class PoolContract {

  private static final Lesson LEGS = fact("legs of insects", "Insects have six legs.");
  private static final Lesson WINGS = fact("wings of insects", "Most insects have wings.");
  private static final Evidence ANNS = judged("i1", ANN, "six");
  private static final Evidence BOBS = judged("i2", "bob", "six");

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

  private static Change.Add add(String id, Lesson lesson, State state, Evidence... evidence) {
    return new Change.Add(id, lesson, state, ANN, List.of(evidence), List.of());
  }

  private Experience one(String id) {
    return pool().experience(SPACE, id).orElseThrow();
  }

  @Test
  void anAddedItemIsThereWithItsEvidence() {
    apply(add("a", LEGS, State.ACTIVE, ANNS, BOBS));

    assertThat(one("a"))
        .isEqualTo(new Experience("a", 1, SPACE, LEGS, State.ACTIVE, ANN, 2, 7, 1, null));
    assertThat(pool().evidence(SPACE, "a")).containsExactly(ANNS, BOBS);
  }

  @Test
  void aRevisedItemSaysSomethingElseOnNewEvidence() {
    apply(add("a", LEGS, State.CANDIDATE, ANNS));
    apply(new Change.Revise("a", WINGS, State.ACTIVE, List.of(BOBS)));

    assertThat(one("a"))
        .isEqualTo(new Experience("a", 2, SPACE, WINGS, State.ACTIVE, ANN, 1, 7, 2, null));
    assertThat(pool().evidence(SPACE, "a")).containsExactly(BOBS);
  }

  @Test
  void ofTheLeastSupportedItemsTheOldestComeFirst() {
    apply(
        add("a", LEGS, State.ACTIVE, ANNS, BOBS),
        add("b", LEGS, State.CANDIDATE, ANNS),
        add("c", LEGS.ofType("art"), State.ACTIVE, ANNS),
        add("d", LEGS, State.ACTIVE, ANNS),
        add("e", LEGS, State.ACTIVE, ANNS));
    apply(new Change.Withdraw("e", Optional.empty()));

    assertThat(pool().leastSupported(SPACE, null, 10))
        .extracting(Experience::id)
        .containsExactly("b", "c", "d", "a");
    assertThat(pool().leastSupported(SPACE, "general", 2)).containsExactly(one("b"), one("d"));
    assertThat(pool().leastSupported("other", null, 10)).isEmpty();
  }

  @Test
  void anItemIsReadAsItWasAfterACommit() {
    apply(add("a", LEGS, State.ACTIVE, ANNS));
    apply(new Change.Reinforce("a", State.ACTIVE, List.of(BOBS)));
    apply(new Change.Revise("a", WINGS, State.ACTIVE, List.of(BOBS)));
    apply(add("b", LEGS, State.CANDIDATE, ANNS));

    assertThat(pool().readableAsOf(SPACE, "a", "bob", 2)).map(Experience::lesson).contains(LEGS);
    assertThat(pool().readableAsOf(SPACE, "a", "bob", 3)).map(Experience::lesson).contains(WINGS);
    assertThat(pool().readableAsOf(SPACE, "a", "bob", 0)).isEmpty();
    assertThat(pool().readableAsOf("other", "a", "bob", 2)).isEmpty();
    assertThat(pool().readableAsOf(SPACE, "b", "bob", 4)).as("another's candidate").isEmpty();
    assertThat(pool().readableAsOf(SPACE, ANN, null, 5, 3))
        .extracting(Experience::id)
        .containsOnly("a");
    assertThat(pool().readableAsOf(SPACE, ANN, null, 5, 4))
        .extracting(Experience::id)
        .containsExactly("b", "a");
    assertThat(pool().readableAsOf(SPACE, ANN, "b", 5, 4))
        .extracting(Experience::id)
        .containsExactly("a");
    assertThat(pool().evidence(SPACE, "a", 1)).containsExactly(ANNS);
    assertThat(pool().evidence(SPACE, "a", 2)).containsExactly(ANNS, BOBS);
    assertThat(pool().evidence(SPACE, "a", 3)).containsExactly(BOBS);
  }

  @Test
  void aReinforcedItemGainsEvidenceWithoutANewVersion() {
    apply(add("a", LEGS, State.ACTIVE, ANNS));
    Commit commit = apply(new Change.Reinforce("a", State.ACTIVE, List.of(BOBS, ANNS)));

    assertThat(one("a").version()).isEqualTo(1);
    assertThat(one("a").support()).isEqualTo(2);
    assertThat(pool().evidence(SPACE, "a")).containsExactly(ANNS, BOBS);
    assertThat(commit.touched()).containsExactly(new Commit.Touched("a", 1, 1, State.ACTIVE));
  }

  @Test
  void reinforcementMayMakeACandidateActive() {
    apply(add("a", LEGS, State.CANDIDATE, ANNS));
    Commit commit = apply(new Change.Reinforce("a", State.ACTIVE, List.of(BOBS)));

    assertThat(one("a").state()).isEqualTo(State.ACTIVE);
    assertThat(one("a").version()).isEqualTo(2);
    assertThat(commit.touched()).containsExactly(new Commit.Touched("a", 1, 2, State.ACTIVE));
  }

  @Test
  void aWithdrawnItemStaysAsATombstoneThatNamesItsSuccessor() {
    apply(add("a", LEGS, State.ACTIVE, ANNS), add("b", LEGS, State.ACTIVE, BOBS));
    apply(new Change.Withdraw("a", Optional.of("b")));

    assertThat(one("a").state()).isEqualTo(State.WITHDRAWN);
    assertThat(one("a").successor()).isEqualTo("b");
    assertThat(one("a").lesson()).isEqualTo(LEGS);
  }

  @Test
  void aChildRestsOnWhatItsParentsRestOnAndHoldsEachWordOnce() {
    Evidence shared = asked("i3", ANN, "How many legs?");
    apply(add("a", LEGS, State.ACTIVE, ANNS, shared), add("b", LEGS, State.ACTIVE, BOBS, shared));
    apply(new Change.Add("c", LEGS, State.ACTIVE, ANN, List.of(), List.of("a", "b")));

    assertThat(pool().evidence(SPACE, "c")).containsExactlyInAnyOrder(ANNS, shared, BOBS);
    assertThat(one("c").support()).isEqualTo(2);
  }

  @Test
  void aChangeOfAnUnknownItemChangesNothingAtAll() {
    assertThatThrownBy(
            () ->
                apply(
                    add("a", LEGS, State.ACTIVE, ANNS),
                    new Change.Withdraw("nobody", Optional.empty())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody");

    assertThat(pool().experience(SPACE, "a")).isEmpty();
    assertThat(pool().evidence(SPACE, "a")).isEmpty();
    assertThat(pool().head(SPACE)).isZero();
  }

  @Test
  void oldVersionsCanBeReadById() {
    apply(add("a", LEGS, State.ACTIVE, ANNS));
    apply(new Change.Revise("a", WINGS, State.ACTIVE, List.of(BOBS)));

    assertThat(pool().experiences(SPACE, Map.of("a", 1)).get("a").lesson()).isEqualTo(LEGS);
    assertThat(pool().experiences(SPACE, Map.of("a", 2)).get("a").lesson()).isEqualTo(WINGS);
    assertThat(pool().experiences(SPACE, Map.of("a", 3, "b", 1))).isEmpty();
    assertThat(pool().experiences("other", Map.of("a", 1))).isEmpty();
  }

  @Test
  void itemsInSeveralStatesComeOldestFirst() {
    apply(add("b", LEGS, State.CANDIDATE, ANNS), add("a", LEGS, State.ACTIVE, ANNS));
    apply(add("d", LEGS, State.ACTIVE, ANNS), add("c", LEGS, State.CANDIDATE, ANNS));
    apply(new Change.Withdraw("d", Optional.empty()));

    assertThat(pool().inStates(SPACE, List.of(State.CANDIDATE, State.ACTIVE)))
        .extracting(Experience::id)
        .containsExactly("a", "b", "c");
    assertThat(pool().inStates(SPACE, List.of(State.WITHDRAWN)))
        .extracting(Experience::id)
        .containsExactly("d");
  }

  @Test
  void pagesGoFromNewToOld() {
    apply(
        add("a", LEGS, State.ACTIVE, ANNS),
        add("b", LEGS, State.CANDIDATE, ANNS),
        add("c", LEGS, State.ACTIVE, ANNS));

    assertThat(page(ANN, null, 2)).containsExactly("c", "b");
    assertThat(page(ANN, "b", 2)).containsExactly("a");
    assertThat(pool().readable("other", ANN, null, 2)).isEmpty();
  }

  private List<String> page(String principal, @Nullable String before, int limit) {
    return pool().readable(SPACE, principal, before, limit).stream().map(Experience::id).toList();
  }

  @Test
  void aPageIsFullOfWhatItsReaderMayRead() {
    apply(
        add("a", LEGS, State.ACTIVE, ANNS),
        add("b", LEGS, State.CANDIDATE, ANNS),
        add("c", LEGS, State.ACTIVE, ANNS),
        add("d", LEGS, State.CANDIDATE, ANNS),
        add("e", LEGS, State.CANDIDATE, ANNS),
        add("f", LEGS, State.QUARANTINED, ANNS));
    apply(new Change.Withdraw("c", Optional.empty()), new Change.Withdraw("d", Optional.empty()));

    assertThat(page("bob", null, 2)).containsExactly("c", "a");
    assertThat(page(ANN, null, 9)).containsExactly("f", "e", "d", "c", "b", "a");
    assertThat(pool().readable(SPACE, "c", "bob")).contains(one("c"));
    assertThat(pool().readable(SPACE, "d", "bob")).isEmpty();
    assertThat(pool().readable(SPACE, "d", ANN)).contains(one("d"));
    assertThat(pool().readable("other", "c", "bob")).isEmpty();
  }

  @Test
  void itemsOfOtherSpacesAreNotThere() {
    apply(add("a", LEGS, State.ACTIVE, ANNS));
    applyIn("other", add("a", WINGS, State.ACTIVE, BOBS));

    assertThat(one("a").lesson()).isEqualTo(LEGS);
    assertThat(one("a").support()).isEqualTo(1);
    assertThat(pool().evidence(SPACE, "a")).containsExactly(ANNS);
    assertThat(pool().evidence("other", "a")).containsExactly(BOBS);
    assertThat(pool().restingOn("other", "i1")).isEmpty();
    assertThat(pool().inStates("third", List.of(State.ACTIVE))).isEmpty();
  }

  @Test
  void rejectionsAreRememberedInTheirSpace() {
    pool().reject(SPACE, "group", "they differ");
    pool().reject(SPACE, "group", "they differ");

    assertThat(pool().rejections(SPACE)).containsExactly("group");
    assertThat(pool().rejections("other")).isEmpty();
  }

  @Test
  void theVersionsOfAnItemAreReadByThoseWhoMayReadThem() {
    apply(add("a", LEGS, State.CANDIDATE, ANNS));
    apply(new Change.Revise("a", WINGS, State.ACTIVE, List.of(BOBS)));
    apply(new Change.Withdraw("a", Optional.empty()));

    assertThat(versions(ANN))
        .containsExactly("3 WITHDRAWN", "2 ACTIVE until 3", "1 CANDIDATE until 2");
    assertThat(versions("bob"))
        .as("not what was ann's own")
        .containsExactly("3 WITHDRAWN", "2 ACTIVE until 3");
    assertThat(pool().versions("other", "a", ANN)).isEmpty();
  }

  private List<String> versions(String principal) {
    return pool().versions(SPACE, "a", principal).stream()
        .map(
            each ->
                each.experience().version()
                    + " "
                    + each.experience().state()
                    + (each.until() == Query.HEAD ? "" : " until " + each.until()))
        .toList();
  }

  @Test
  void whatDiffersBetweenTwoCommitsIsToldAsFarAsItMayBeRead() {
    apply(add("a", LEGS, State.ACTIVE, ANNS), add("same", LEGS, State.ACTIVE, ANNS));
    apply(new Change.Revise("a", WINGS, State.ACTIVE, List.of(BOBS)));
    apply(add("own", LEGS, State.CANDIDATE, ANNS));

    List<Pool.Difference> anns = pool().differences(SPACE, 1, 3, ANN);
    assertThat(anns).hasSize(2);
    assertThat(anns.getFirst().before().orElseThrow().lesson()).isEqualTo(LEGS);
    assertThat(anns.getFirst().after().orElseThrow().lesson()).isEqualTo(WINGS);
    assertThat(anns.getLast().before()).isEmpty();
    assertThat(anns.getLast().after().orElseThrow().id()).isEqualTo("own");
    assertThat(pool().differences(SPACE, 1, 3, "bob")).hasSize(1);
    assertThat(pool().differences(SPACE, 3, 1, ANN).getLast().after()).as("backwards").isEmpty();
    assertThat(pool().differences("other", 1, 3, ANN)).isEmpty();
  }

  @Test
  void itemsAreCountedByStateKindAndType() {
    apply(
        add("a", LEGS, State.ACTIVE, ANNS),
        add("b", WINGS, State.ACTIVE, ANNS),
        add("c", WINGS.ofType("art"), State.CANDIDATE, ANNS));
    applyIn("other", add("d", WINGS, State.ACTIVE, judged("o1", ANN, "six")));

    assertThat(pool().counts(SPACE))
        .containsExactly(
            new Pool.Count(State.ACTIVE, Kind.FACT, "general", 2),
            new Pool.Count(State.CANDIDATE, Kind.FACT, "art", 1));
  }
}
