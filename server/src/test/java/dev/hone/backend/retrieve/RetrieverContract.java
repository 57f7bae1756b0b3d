package dev.hone.backend.retrieve;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.judged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Explanation;
import dev.hone.experience.Hit;
import dev.hone.experience.Lesson;
import dev.hone.experience.Limits;
import dev.hone.experience.Query;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import dev.hone.port.Projection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link Projection} finds. */
abstract class RetrieverContract {

  /** The share of a query that an item must match, in every implementation under test. */
  static final double FLOOR = 0.15;

  private static final Lesson LEGS =
      fact("How many legs do insects have?", "Insects have six legs.");
  private static final Lesson SPIDERS = fact("How many eyes do spiders have?", "Most have eight.");

  abstract Pool pool();

  abstract Projection projection();

  private void apply(Change... changes) {
    applyIn(SPACE, changes);
  }

  final void applyIn(String space, Change... changes) {
    written(space, changes);
    projection().catchUp(space);
  }

  /** Changes that the index does not know of yet. */
  final void written(String space, Change... changes) {
    assertThat(
            pool()
                .apply(
                    new Pool.ChangeSet(
                        space, Commit.Kind.DISTILL, "test", "test", List.of(changes), null)))
        .isPresent();
  }

  static Change add(String id, Lesson lesson, State state, String owner) {
    return new Change.Add(
        id, lesson, state, owner, List.of(judged("of-" + id, owner, "yes")), List.of());
  }

  static Query query(String text) {
    return new Query(SPACE, "bob", text, Set.of(), Query.HEAD, 5, Set.of());
  }

  private List<String> ids(Query query) {
    return projection().retrieve(query).stream().map(hit -> hit.experience().id()).toList();
  }

  @Test
  void itemsAreFoundByTheirWordsTheBestFirst() {
    apply(
        add("spiders", SPIDERS, State.ACTIVE, ANN),
        add("legs", LEGS, State.ACTIVE, ANN),
        add("far", fact("the capital of France", "Paris"), State.ACTIVE, ANN));

    List<Hit> hits = projection().retrieve(query("The legs of an insect, or eyes?"));

    assertThat(hits).extracting(hit -> hit.experience().id()).containsExactly("legs", "spiders");
    assertThat(hits.getFirst().experience().lesson()).isEqualTo(LEGS);
    assertThat(hits.getFirst().score()).isGreaterThan(hits.getLast().score());
    assertThat(hits).allSatisfy(hit -> assertThat(hit.coverage()).isBetween(FLOOR, 1.0));
  }

  @Test
  void anItemThatMatchesTooLittleOfTheQueryIsNotFound() {
    apply(add("legs", LEGS, State.ACTIVE, ANN));

    assertThat(ids(query("insect quark gluon lattice gauge boson photon meson hadron"))).isEmpty();
    assertThat(ids(query("insect quark"))).containsExactly("legs");
    assertThat(ids(query("?!"))).isEmpty();
  }

  @Test
  void ofATypeNoMoreIsFoundThanItsLimit() {
    apply(
        add("a", LEGS, State.ACTIVE, ANN),
        add("b", LEGS, State.ACTIVE, ANN),
        add("c", LEGS.ofType("art"), State.ACTIVE, ANN),
        add("d", LEGS.ofType("art"), State.ACTIVE, ANN),
        add("e", LEGS.ofType("law"), State.ACTIVE, ANN));
    Limits limits = new Limits(2, Map.of("general", 1, "law", 0));
    Query query =
        new Query(SPACE, "bob", "legs of insects", Set.of(), Query.HEAD, 3, Set.of(), limits);

    assertThat(ids(query)).containsExactly("a", "c", "d");
    assertThat(projection().explain(query).considered())
        .extracting(each -> each.hit().experience().id() + " " + each.verdict())
        .containsExactly("a FOUND", "c FOUND", "d FOUND", "b BEYOND_LIMIT", "e BEYOND_LIMIT");
    assertThat(limits.largest(Set.of("general", "law"))).isEqualTo(1);
    assertThat(limits.largest(Set.of())).isEqualTo(2);
  }

  @Test
  void aTypeWithALimitOfItsOwnTakesThePlaceOfNoOther() {
    Change[] items = new Change[51];
    for (int i = 0; i < 21; i++) {
      items[i] = add("food" + i, LEGS.ofType("food"), State.ACTIVE, ANN);
    }
    for (int i = 21; i < items.length; i++) {
      items[i] = add("rigs" + i, SPIDERS.ofType(i < 36 ? "rigs" : "law"), State.ACTIVE, ANN);
    }
    apply(items);
    for (Set<String> types : List.of(Set.<String>of(), Set.of("food", "rigs"))) {
      assertThat(types(types, new Limits(3, Map.of("food", 1))))
          .containsExactly("food", "rigs", "rigs");
      assertThat(types(types, new Limits(3, Map.of("food", 0))))
          .containsExactly("rigs", "rigs", "rigs");
    }
    assertThat(types(Set.of(), new Limits(0, Map.of("law", 2)))).containsExactly("law", "law");
    assertThat(types(Set.of("food", "rigs", "law"), new Limits(1, Map.of("law", 2))))
        .containsExactly("food", "rigs", "law");
  }

  /** The types of what is found, at most three, and the explanation tells the same. */
  private List<String> types(Set<String> types, Limits limits) {
    Query query =
        new Query(SPACE, "bob", "legs of insects, or eyes", types, Query.HEAD, 3, Set.of(), limits);
    List<Hit> hits = projection().retrieve(query);
    assertThat(
            projection().explain(query).considered().stream()
                .filter(each -> each.verdict() == Explanation.Verdict.FOUND)
                .map(Explanation.Considered::hit))
        .isEqualTo(hits);
    return hits.stream().map(hit -> hit.experience().lesson().type()).toList();
  }

  @Test
  void theExplanationTellsWhatIsFoundAndWhyTheRestIsNot() {
    apply(
        add("legs", LEGS, State.ACTIVE, ANN),
        add("spiders", SPIDERS, State.ACTIVE, ANN),
        add("art", LEGS.ofType("art"), State.ACTIVE, ANN),
        add("hidden", LEGS, State.CANDIDATE, ANN));
    Query query =
        new Query(SPACE, "bob", "legs of insects", Set.of("general"), Query.HEAD, 5, Set.of());

    Explanation told = projection().explain(query);

    assertThat(told.considered())
        .extracting(each -> each.hit().experience().id() + " " + each.verdict())
        .containsExactly("legs FOUND", "art OTHER_TYPE");
    assertThat(told.considered().getFirst().hit())
        .isEqualTo(projection().retrieve(query).getFirst());
    assertThat(told.sequence()).isEqualTo(1);
    assertThat(told.commit()).isEqualTo(pool().commits(SPACE, 2, 1).getFirst().id());
    assertThat(told.floor()).isEqualTo(FLOOR);
    assertThat(projection().explain(query("?!")).considered()).isEmpty();
  }

  @Test
  void theExplanationOfAPinnedQueryIsThatOfThePoolAsItWas() {
    apply(add("legs", LEGS, State.ACTIVE, ANN));
    apply(new Change.Withdraw("legs", Optional.empty()));

    Explanation then =
        projection().explain(new Query(SPACE, "bob", "insects", Set.of(), 1, 5, Set.of()));

    assertThat(then.sequence()).isEqualTo(1);
    assertThat(then.considered()).hasSize(1);
    assertThat(projection().explain(query("insects")).considered()).isEmpty();
  }

  @Test
  void aCandidateIsFoundByItsOwnerOnly() {
    apply(add("legs", LEGS, State.CANDIDATE, ANN));
    Query anns = new Query(SPACE, ANN, "legs", Set.of(), Query.HEAD, 5, Set.of());

    assertThat(ids(query("legs"))).isEmpty();
    assertThat(ids(anns)).containsExactly("legs");

    apply(new Change.Reinforce("legs", State.ACTIVE, List.of(judged("j", "bob", "so"))));
    assertThat(ids(query("legs"))).containsExactly("legs");
  }

  @Test
  void whatIsWithdrawnOrQuarantinedIsNeverFound() {
    apply(add("legs", LEGS, State.ACTIVE, ANN), add("more", LEGS, State.QUARANTINED, "bob"));
    apply(new Change.Withdraw("legs", Optional.empty()));

    assertThat(ids(query("legs"))).isEmpty();
  }

  @Test
  void onlyTheTypesAskedForAreFound() {
    apply(
        add("a", LEGS, State.ACTIVE, ANN),
        add("b", LEGS.ofType("biology"), State.ACTIVE, ANN),
        add("c", LEGS.ofType("art"), State.ACTIVE, ANN));

    assertThat(ids(query("legs").ofTypes(Set.of("biology", "art"))))
        .containsExactlyInAnyOrder("b", "c");
    assertThat(ids(query("legs").ofTypes(Set.of("sport")))).isEmpty();
    assertThat(ids(query("legs"))).hasSize(3);
  }

  @Test
  void whatIsExcludedLeavesRoomForOthers() {
    apply(
        add("a", LEGS, State.ACTIVE, ANN),
        add("b", LEGS, State.ACTIVE, ANN),
        add("c", LEGS, State.ACTIVE, ANN));

    assertThat(ids(new Query(SPACE, ANN, "legs", Set.of(), Query.HEAD, 2, Set.of("a"))))
        .containsExactlyInAnyOrder("b", "c");
    assertThat(ids(new Query(SPACE, ANN, "legs", Set.of(), Query.HEAD, 2, Set.of()))).hasSize(2);
  }

  @Test
  void aPinnedQuerySeesThePoolAsItWasThen() {
    apply(add("legs", LEGS, State.ACTIVE, ANN));
    apply(new Change.Revise("legs", SPIDERS, State.ACTIVE, List.of(judged("j", ANN, "so"))));
    apply(new Change.Withdraw("legs", Optional.empty()));

    assertThat(ids(pinned("legs", 0))).isEmpty();
    assertThat(projection().retrieve(pinned("insects", 1)))
        .extracting(hit -> hit.experience().version())
        .containsExactly(1);
    assertThat(ids(pinned("spiders", 1))).isEmpty();
    assertThat(projection().retrieve(pinned("spiders", 2)))
        .extracting(hit -> hit.experience().version())
        .containsExactly(2);
    assertThat(ids(pinned("spiders", 3))).isEmpty();
  }

  @Test
  void aPinnedQuerySeesACommitThatTheIndexHasNotSeenYet() {
    apply(add("legs", LEGS, State.ACTIVE, ANN));
    written(SPACE, add("spiders", SPIDERS, State.ACTIVE, ANN));

    assertThat(ids(pinned("eyes of spiders", 2))).containsExactly("spiders");
    assertThat(ids(pinned("eyes of spiders", 1))).isEmpty();
  }

  private static Query pinned(String text, long sequence) {
    return new Query(SPACE, "bob", text, Set.of(), sequence, 5, Set.of());
  }

  @Test
  void aRevisedItemIsFoundByWhatItSaysNow() {
    apply(add("a", LEGS, State.ACTIVE, ANN));
    apply(new Change.Revise("a", SPIDERS, State.ACTIVE, List.of(judged("j", ANN, "so"))));

    assertThat(ids(query("insects"))).isEmpty();
    assertThat(projection().retrieve(query("spiders")))
        .extracting(hit -> hit.experience().id() + hit.experience().version())
        .containsExactly("a2");
  }

  @Test
  void afterARestorationTheOldStateIsFound() {
    apply(add("a", LEGS, State.ACTIVE, ANN));
    apply(add("b", SPIDERS, State.ACTIVE, ANN), new Change.Withdraw("a", Optional.of("b")));
    assertThat(pool().restore(SPACE, 1, "test", "undo")).isPresent();
    projection().catchUp(SPACE);

    assertThat(ids(query("legs of insects"))).containsExactly("a");
    assertThat(ids(query("eyes of spiders"))).isEmpty();
  }

  @Test
  void spacesDoNotSeeOneAnother() {
    apply(add("a", LEGS, State.ACTIVE, ANN));
    List<Hit> alone = projection().retrieve(query("legs of insects and spiders"));
    for (int i = 0; i < 20; i++) {
      applyIn("other", add("o" + i, LEGS, State.ACTIVE, ANN));
    }

    assertThat(alone).hasSize(1);
    assertThat(projection().retrieve(query("legs of insects and spiders"))).isEqualTo(alone);
    assertThat(
            projection()
                .retrieve(new Query("third", ANN, "legs", Set.of(), Query.HEAD, 5, Set.of())))
        .isEmpty();
  }
}
