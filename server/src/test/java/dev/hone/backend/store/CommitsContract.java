package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.judged;
import static dev.hone.testing.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Episode;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Pin;
import dev.hone.experience.Query;
import dev.hone.experience.Role;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import dev.hone.testing.Samples;
import dev.hone.testing.Stores;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How every {@link Pool} chains commits, and learns from each revision of an episode once. */
abstract class CommitsContract {

  abstract Stores stores();

  private Pool pool() {
    return stores().pool();
  }

  private Optional<Commit> apply(String space, Episode learned, Change... changes) {
    return pool()
        .apply(
            new Pool.ChangeSet(
                space, Commit.Kind.DISTILL, "an author", "a reason", List.of(changes), learned));
  }

  private Commit add(String space, String id) {
    return apply(space, null, adding(id, judged(space + "-" + id, ANN, "yes"))).orElseThrow();
  }

  private static Change adding(String id, Evidence... evidence) {
    return new Change.Add(
        id, fact("when " + id, "what"), State.ACTIVE, ANN, List.of(evidence), List.of());
  }

  /** What the model answered in an interaction of {@link Stores#closedEpisode}. */
  private static Evidence answer(String interaction) {
    return new Evidence(interaction, Role.ASSISTANT, "answer " + interaction, ANN);
  }

  @Test
  void commitsFormAChain() {
    Commit first = add(SPACE, "a");
    Commit second = add(SPACE, "b");
    Commit elsewhere = add("other", "a");

    assertThat(first.sequence()).isEqualTo(1);
    assertThat(first.parent()).isNull();
    assertThat(second.sequence()).isEqualTo(2);
    assertThat(second.parent()).isEqualTo(first.id());
    assertThat(elsewhere.sequence()).isEqualTo(1);
    assertThat(elsewhere.parent()).isNull();
    assertThat(List.of(first.id(), second.id(), elsewhere.id())).doesNotHaveDuplicates();
    assertThat(pool().head(SPACE)).isEqualTo(2);
    assertThat(pool().head("third")).isZero();
  }

  @Test
  void aCommitIsFoundByTheBeginningOfItsIdInItsSpaceOnly() {
    Commit commit = add(SPACE, "a");
    add("other", "a");

    assertThat(pool().commit(SPACE, commit.id().substring(0, 7))).contains(commit);
    assertThat(pool().commit(SPACE, commit.id().substring(0, 31))).contains(commit);
    assertThat(pool().pin(SPACE, commit.id().substring(0, 7)))
        .contains(new Pin(commit.id(), commit.sequence()));
    assertThat(pool().pin(SPACE, commit.id())).isPresent();
    assertThat(pool().pin("other", commit.id())).isEmpty();
    assertThat(pool().commit(SPACE, commit.id().substring(0, 6))).as("too short").isEmpty();
    assertThat(pool().commit(SPACE, commit.id().substring(1, 12))).isEmpty();
    assertThat(pool().commit("other", commit.id().substring(0, 12))).isEmpty();
    assertThat(pool().commit(SPACE, "%______")).isEmpty();
  }

  @Test
  void theNewestCommitOfAKindIsFound() {
    add(SPACE, "a");
    add(SPACE, "b");
    Commit rollback = pool().restore(SPACE, 1, "an author", "undo").orElseThrow();
    add(SPACE, "c");
    add("other", "d");

    Set<Commit.Kind> turns = Set.of(Commit.Kind.REFINE, Commit.Kind.ROLLBACK);
    assertThat(pool().newest(SPACE, turns)).contains(rollback);
    assertThat(pool().newest(SPACE, List.of(Commit.Kind.values())))
        .map(Commit::sequence)
        .contains(4L);
    assertThat(pool().newest("other", turns)).isEmpty();
  }

  @Test
  void aCommitIsReadAsItWasWritten() {
    Commit commit = add(SPACE, "a");

    assertThat(commit.author()).isEqualTo("an author");
    assertThat(commit.reason()).isEqualTo("a reason");
    assertThat(commit.at()).isEqualTo(Samples.START);
    assertThat(commit.touched()).containsExactly(new Commit.Touched("a", 0, 1, State.ACTIVE));
    assertThat(pool().commit(SPACE, commit.id())).contains(commit);
    assertThat(pool().commit("other", commit.id())).isEmpty();
  }

  @Test
  void commitsAreListedNewestFirst() {
    Commit first = add(SPACE, "a");
    Commit second = add(SPACE, "b");
    Commit third = add(SPACE, "c");

    assertThat(pool().commits(SPACE, Query.HEAD, 2)).containsExactly(third, second);
    assertThat(pool().commits(SPACE, 2, 5)).containsExactly(first);
  }

  @Test
  void aRevisionOfAnEpisodeIsLearnedOnce() {
    Episode episode = stores().closedEpisode("e1", "i1", scope(SPACE, ANN));

    assertThat(apply(SPACE, episode, adding("a", answer("i1")))).isPresent();
    assertThat(apply(SPACE, episode, adding("b", answer("i1")))).isEmpty();

    assertThat(pool().experience(SPACE, "b")).isEmpty();
    assertThat(stores().episodes().list(SPACE, ANN, EpisodeState.LEARNED, null, 9)).hasSize(1);
    assertThat(stores().episodes().due(Samples.START)).isEmpty();
  }

  @Test
  void aNewerRevisionIsLearnedAndTheOlderNoMore() {
    Episode first = stores().closedEpisode("e1", "i1", scope(SPACE, ANN));
    apply(SPACE, first, adding("a", answer("i1")));
    stores().journal().outcome(SPACE, correction("o1", "i1", ANN, "Six."));
    Episode second = stores().episodes().due(Samples.START).orElseThrow();

    assertThat(apply(SPACE, first, adding("b", answer("i1")))).isEmpty();
    assertThat(apply(SPACE, second, adding("c", answer("i1")))).isPresent();
  }

  @Test
  void anOpenEpisodeIsNotLearnedFrom() {
    Episode never = new Episode("e9", 1, SPACE, ANN, List.of());

    assertThat(apply(SPACE, never, adding("a"))).isEmpty();
    assertThat(pool().head(SPACE)).isZero();
  }

  @Test
  void anEpisodeOfWhichNothingIsLeftIsLearnedWithoutACommit() {
    Episode episode = stores().closedEpisode("e1", "i1", scope(SPACE, ANN));

    assertThat(apply(SPACE, episode)).isEmpty();
    assertThat(pool().head(SPACE)).isZero();
    assertThat(stores().episodes().due(Samples.START)).isEmpty();
  }

  @Test
  void evidenceMayBeTakenBack() {
    Evidence anns = judged("i1", ANN, "yes");
    Evidence bobs = judged("i1", "bob", "yes");
    Evidence carls = judged("i2", "carl", "yes");
    apply(SPACE, null, adding("a", anns, bobs, carls));
    assertThat(pool().evidence(SPACE, "a")).containsExactly(anns, bobs, carls);

    apply(SPACE, null, new Change.TakeBack("a", State.ACTIVE, ANN, List.of(bobs)));
    assertThat(pool().evidence(SPACE, "a")).containsExactly(anns, carls);
    assertThat(pool().experience(SPACE, "a").orElseThrow().version()).isEqualTo(1);

    apply(SPACE, null, new Change.TakeBack("a", State.CANDIDATE, "carl", List.of(anns)));
    assertThat(pool().evidence(SPACE, "a")).containsExactly(carls);
    assertThat(pool().experience(SPACE, "a").orElseThrow().state()).isEqualTo(State.CANDIDATE);
    assertThat(pool().experience(SPACE, "a").orElseThrow().owner()).isEqualTo("carl");
  }

  @Test
  void whatARollbackTookOutIsKnownByItsInteraction() {
    apply(SPACE, null, adding("a", judged("i1", ANN, "yes")));
    apply(SPACE, null, adding("b", judged("i1", ANN, "yes")));
    apply(SPACE, null, new Change.Withdraw("b", Optional.empty()));
    assertThat(pool().rolledBack(SPACE, "i1")).isEmpty();
    pool().restore(SPACE, 0, "test", "test");

    assertThat(pool().rolledBack(SPACE, "i1")).extracting(Experience::id).containsExactly("a");
    assertThat(pool().rolledBack(SPACE, "i2")).isEmpty();
    assertThat(pool().rolledBack("other", "i1")).isEmpty();
  }

  @Test
  void itemsAreFoundByWhatTheyRestOn() {
    Episode episode = stores().closedEpisode("e1", "i1", scope(SPACE, ANN));
    Evidence own = answer("i1");
    Evidence others = judged("i7", "bob", "yes");
    apply(SPACE, episode, adding("a", own), adding("b", own, others), adding("c", others));
    apply(SPACE, null, adding("d", own));
    apply(SPACE, null, new Change.Withdraw("d", Optional.empty()));

    assertThat(pool().restingOn(SPACE, "i1")).containsExactly("a", "b");
  }

  @Test
  void whatWasWrittenOrEndedAfterACommitIsListedOldestFirst() {
    add(SPACE, "a");
    add(SPACE, "b");
    add("other", "z");
    apply(SPACE, null, new Change.Withdraw("a", Optional.empty()));

    assertThat(pool().writtenAfter(SPACE, 3)).isEmpty();
    assertThat(pool().writtenAfter(SPACE, 2))
        .extracting(CommitsContract::line)
        .containsExactly("a1 from 1 until 3", "a2 from 3 until head");
    assertThat(pool().writtenAfter(SPACE, 0))
        .extracting(CommitsContract::line)
        .containsExactly("a1 from 1 until 3", "b1 from 2 until head", "a2 from 3 until head");
  }

  private static String line(Pool.Projected written) {
    Experience item = written.experience();
    String until = written.until() == Query.HEAD ? "head" : Long.toString(written.until());
    return item.id() + item.version() + " from " + item.sequence() + " until " + until;
  }
}
