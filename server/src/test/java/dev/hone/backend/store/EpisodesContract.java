package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.answered;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hone.experience.Episode;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Interaction;
import dev.hone.experience.Outcome;
import dev.hone.experience.Receipt;
import dev.hone.experience.Scope;
import dev.hone.port.Episodes;
import dev.hone.port.Episodes.Summary;
import dev.hone.port.Retention;
import dev.hone.testing.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How every {@link Episodes} puts interactions together and keeps them until they are learned. */
abstract class EpisodesContract {

  private static final Scope MINE = scope(SPACE, ANN);

  abstract Stores stores();

  private Episodes episodes() {
    return stores().episodes();
  }

  private Interaction recorded(String id, Scope scope, Instant at) {
    stores()
        .journal()
        .recorded(
            opening(id, scope, "of-" + id, null, null, at, user("question " + id)),
            answered(assistant("answer " + id), at),
            List.of());
    return stores().journal().interaction(scope.space(), id).orElseThrow();
  }

  private void put(String episode, String... interactions) {
    episodes()
        .put(
            Stream.of(interactions)
                .map(id -> new Episodes.Place(episode, recorded(id, MINE, START)))
                .toList());
  }

  private Summary summary(String id) {
    return episodes().list(SPACE, ANN, null, null, 100).stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void completedInteractionsWaitForAnEpisodeOldestFirst() {
    recorded("i2", MINE, START);
    recorded("i1", MINE, START);
    recorded("i3", MINE, START);
    stores().journal().opened(opening("i0", MINE, user("still open")));

    assertThat(episodes().unbuffered(2)).extracting(Interaction::id).containsExactly("i1", "i2");
  }

  @Test
  void anInteractionInAnEpisodeWaitsNoMore() {
    put("e1", "i1");

    assertThat(episodes().unbuffered(10)).isEmpty();
    assertThat(stores().journal().interaction(SPACE, "i1").orElseThrow().episode()).isEqualTo("e1");
  }

  @Test
  void anEpisodeIsOpenedWithItsFirstInteractionAndGrows() {
    Interaction late = recorded("i1", MINE, START.plusSeconds(9));
    Interaction early = recorded("i2", MINE, START);
    episodes().put(List.of(new Episodes.Place("e1", late), new Episodes.Place("e1", early)));

    assertThat(episodes().open())
        .containsExactly(
            new Summary(
                "e1",
                SPACE,
                ANN,
                1,
                EpisodeState.OPEN,
                2,
                0,
                0,
                START.plusSeconds(9),
                0,
                null,
                null));
  }

  @Test
  void anInteractionIsInOneEpisodeOnly() {
    Interaction interaction = recorded("i1", MINE, START);
    episodes().put(List.of(new Episodes.Place("e1", interaction)));
    episodes().put(List.of(new Episodes.Place("e1", interaction)));
    episodes().put(List.of(new Episodes.Place("e2", interaction)));

    assertThat(episodes().open()).extracting(Summary::id).containsExactly("e1");
    assertThat(summary("e1").size()).isEqualTo(1);
  }

  @Test
  void anOpenEpisodeIsNotDue() {
    put("e1", "i1");

    assertThat(episodes().due(START)).isEmpty();
  }

  @Test
  void aClosedEpisodeIsDueWithItsInteractionsOldestFirst() {
    put("e1", "i2", "i1");
    episodes().close(List.of("e1"), START);

    Episode due = episodes().due(START).orElseThrow();

    assertThat(due.id()).isEqualTo("e1");
    assertThat(due.principal()).isEqualTo(ANN);
    assertThat(due.interactions()).extracting(Interaction::id).containsExactly("i1", "i2");
    assertThat(episodes().open()).isEmpty();
  }

  @Test
  void theOldestOfSeveralIsDueFirst() {
    put("e2", "i2");
    put("e1", "i1");
    episodes().close(List.of("e2", "e1"), START);

    assertThat(episodes().due(START)).map(Episode::id).contains("e1");
  }

  @Test
  void whatWasLearnedFromIsNotClosedAgain() {
    put("e1", "i1");
    episodes().close(List.of("e1"), START);
    episodes().nothingLearned(episodes().due(START).orElseThrow(), "nobody judged it");
    episodes().close(List.of("e1"), START);

    assertThat(episodes().due(START)).isEmpty();
    assertThat(summary("e1").state()).isEqualTo(EpisodeState.LEARNED);
    assertThat(summary("e1").note()).isEqualTo("nobody judged it");
  }

  @Test
  void aPostponedEpisodePausesTwiceAsLongEachTimeAndAtMostAnHour() {
    put("e1", "i1");
    episodes().close(List.of("e1"), START);
    Episode episode = episodes().due(START).orElseThrow();

    Instant now = START;
    for (long minutes : List.of(10L, 20L, 40L, 60L, 60L)) {
      episodes().postpone(episode, "the model is away", now, Duration.ofMinutes(10));
      Instant again = now.plus(Duration.ofMinutes(minutes));
      assertThat(episodes().due(again.minusMillis(1))).isEmpty();
      assertThat(episodes().due(again)).contains(episode);
      now = again;
    }
    assertThat(summary("e1").note()).isEqualTo("the model is away");
  }

  @Test
  void othersAreDueWhileOneIsPostponed() {
    put("e1", "i1");
    put("e2", "i2");
    episodes().close(List.of("e1", "e2"), START);
    episodes()
        .postpone(episodes().due(START).orElseThrow(), "later", START, Duration.ofSeconds(30));

    assertThat(episodes().due(START)).map(Episode::id).contains("e2");
  }

  @Test
  void anEpisodeThatFailedWaitsForAPerson() {
    put("e1", "i1");
    episodes().close(List.of("e1"), START);
    episodes().fail(episodes().due(START).orElseThrow(), "unreadable", "{");

    assertThat(episodes().due(START.plus(Duration.ofDays(9)))).isEmpty();
    assertThat(summary("e1").state()).isEqualTo(EpisodeState.FAILED);
    assertThat(summary("e1").note()).isEqualTo("unreadable");
  }

  @Test
  void whatCameOfAnOldRevisionDoesNotTouchTheNewOne() {
    Episode old = stores().closedEpisode("e1", "i1", MINE);
    episodes().nothingLearned(old, "nothing");
    stores().journal().outcome(SPACE, correction("o1", "i1", ANN, "Six."));

    episodes().nothingLearned(old, "too late");
    episodes().fail(old, "too late", "");
    episodes().postpone(old, "too late", START, Duration.ofMinutes(1));

    assertThat(episodes().due(START)).map(Episode::revision).contains(2);
    assertThat(summary("e1").note()).isNull();
  }

  @Test
  void theBacklogCountsWhatWaitsInOneSpaceOrInAll() {
    recorded("i1", MINE, START);
    recorded("i2", scope("other", ANN), START);
    put("e3", "i3");
    put("e4", "i4");
    episodes().close(List.of("e4"), START);
    put("e5", "i5");
    episodes().close(List.of("e5"), START);
    episodes().nothingLearned(episodes().episode(SPACE, "e5").orElseThrow(), "nothing");

    assertThat(episodes().backlog(SPACE)).isEqualTo(3);
    assertThat(episodes().backlog("other")).isEqualTo(1);
    assertThat(episodes().backlog(null)).isEqualTo(4);
  }

  @Test
  void theBacklogIsAsOldAsItsOldestWork() {
    Instant now = START.plusSeconds(99);
    assertThat(episodes().waitingSince(now)).isEmpty();

    recorded("i2", MINE, START.plusSeconds(60));
    assertThat(episodes().waitingSince(now)).contains(START.plusSeconds(60));

    put("e1", "i1");
    assertThat(episodes().waitingSince(now)).as("it gathers").contains(START);
    episodes().close(List.of("e1"), now);
    assertThat(episodes().waitingSince(now)).contains(START);
    episodes().nothingLearned(episodes().due(now).orElseThrow(), "nothing");
    assertThat(episodes().waitingSince(now)).contains(START.plusSeconds(60));
  }

  @Test
  void whatIsImportedIsAsOldAsItsImport() {
    Instant imported = START.plus(Duration.ofDays(700));
    stores()
        .journal()
        .recorded(
            opening("i1", MINE, "of-i1", null, null, START, user("long ago")),
            answered(assistant("Yes."), imported),
            List.of());
    assertThat(episodes().waitingSince(imported)).contains(imported);

    Interaction taken = stores().journal().interaction(SPACE, "i1").orElseThrow();
    episodes().put(List.of(new Episodes.Place("e1", taken)));

    assertThat(episodes().waitingSince(imported)).contains(imported);
    assertThat(summary("e1").lastAt()).isEqualTo(imported);
  }

  @Test
  void theOneThatWasClosedFirstIsDueFirst() {
    put("e1", "i1");
    put("e2", "i2");
    episodes().close(List.of("e2"), START);
    episodes().close(List.of("e1"), START.plusSeconds(1));

    assertThat(episodes().due(START)).map(Episode::id).contains("e2");
    assertThat(episodes().due(START.plusSeconds(1))).map(Episode::id).contains("e2");
  }

  @Test
  void episodesOfOtherSpacesAreNotThere() {
    put("e1", "i1");

    assertThat(episodes().episode(SPACE, "e1")).isPresent();
    assertThat(episodes().episode("other", "e1")).isEmpty();
    assertThat(episodes().list("other", ANN, null, null, 10)).isEmpty();
    assertThat(episodes().counts("other")).isEqualTo(new Episodes.Counts(0, 0, 0));
    assertThat(episodes().counts(SPACE)).isEqualTo(new Episodes.Counts(1, 1, 0));
  }

  @Test
  void failedEpisodesAreCounted() {
    put("e1", "i1");
    episodes().close(List.of("e1"), START);
    episodes().fail(episodes().due(START).orElseThrow(), "unreadable", "{");

    assertThat(episodes().counts(SPACE).failed()).isEqualTo(1);
  }

  @Test
  void anEpisodeIsListedForItsPrincipalAlone() {
    put("e1", "i1");

    assertThat(episodes().list(SPACE, "bob", null, null, 9)).isEmpty();
  }

  @Test
  void whatWasCompletedByATimeIsLearnedFromOrNot() {
    Instant later = START.plusSeconds(60);
    assertThat(episodes().learnedUntil(SPACE, later)).isTrue();
    recorded("i1", MINE, START);
    assertThat(episodes().learnedUntil(SPACE, later)).isFalse();
    assertThat(episodes().learnedUntil(SPACE, START.minusSeconds(1))).isTrue();
    assertThat(episodes().learnedUntil("other", later)).isTrue();

    Interaction taken = stores().journal().interaction(SPACE, "i1").orElseThrow();
    episodes().put(List.of(new Episodes.Place("e1", taken)));
    assertThat(episodes().learnedUntil(SPACE, later)).isFalse();
    episodes().close(List.of("e1"), START);
    assertThat(episodes().learnedUntil(SPACE, later)).isFalse();
    episodes().nothingLearned(episodes().due(START).orElseThrow(), "nothing");
    assertThat(episodes().learnedUntil(SPACE, later)).isTrue();
  }

  @Test
  void episodesAreListedNewestFirstByState() {
    put("e1", "i1");
    put("e2", "i2");
    put("e3", "i3");
    episodes().close(List.of("e2"), START);

    assertThat(episodes().list(SPACE, ANN, null, null, 2))
        .extracting(Summary::id)
        .containsExactly("e3", "e2");
    assertThat(episodes().list(SPACE, ANN, EpisodeState.OPEN, null, 9))
        .extracting(Summary::id)
        .containsExactly("e3", "e1");
  }

  @Test
  void anEpisodeTakesInteractionsOfItsOwnSpaceOnly() {
    put("e1", "i1");
    Interaction foreign = recorded("i2", new Scope("elsewhere", ANN, null, null, null), START);

    episodes().put(List.of(new Episodes.Place("e1", foreign)));

    assertThat(episodes().episode(SPACE, "e1").orElseThrow().interactions())
        .extracting(Interaction::id)
        .containsExactly("i1");
    assertThat(summary("e1").size()).isEqualTo(1);
    assertThat(stores().journal().interaction("elsewhere", "i2").orElseThrow().episode()).isNull();
    assertThat(episodes().episode("elsewhere", "e1")).isEmpty();
  }

  private Episodes.Place repeating(String id, String repeats) {
    return new Episodes.Place("e1", recorded(id, MINE, START), 7, repeats);
  }

  @Test
  void tokensAddUp() {
    episodes().put(List.of(new Episodes.Place("e1", recorded("i1", MINE, START), 5, null)));
    episodes().put(List.of(new Episodes.Place("e1", recorded("i2", MINE, START), 7, null)));

    assertThat(summary("e1").tokens()).isEqualTo(12);
  }

  @Test
  void aRepetitionIsCountedAndIsNoMember() {
    put("e1", "i1");
    episodes().put(List.of(repeating("i2", "i1")));

    assertThat(summary("e1"))
        .extracting(Summary::size, Summary::repetitions, Summary::tokens)
        .containsExactly(1, 1, 0);
    assertThat(episodes().episode(SPACE, "e1").orElseThrow().interactions())
        .extracting(Interaction::id)
        .containsExactly("i1");
    assertThat(episodes().taken(SPACE, "e1"))
        .extracting(taken -> taken.interaction().id() + " " + taken.repeats())
        .containsExactly("i1 null", "i2 i1");
    assertThat(episodes().taken("elsewhere", "e1")).isEmpty();
    assertThat(episodes().unbuffered(9)).isEmpty();
    assertThat(stores().journal().interaction(SPACE, "i2").orElseThrow().answer())
        .isEqualTo(assistant("answer i2"));
  }

  @Test
  void aRepetitionCountsAsLearnedFromWithItsEpisode() {
    put("e1", "i1");
    episodes().put(List.of(repeating("i2", "i1")));
    assertThat(episodes().learnedUntil(SPACE, START.plusSeconds(60))).isFalse();
    episodes().close(List.of("e1"), START);
    episodes().nothingLearned(episodes().due(START).orElseThrow(), "nobody judged it");

    assertThat(episodes().learnedUntil(SPACE, START.plusSeconds(60))).isTrue();
    assertThat(stores().journal().receipt(SPACE, ANN, "i2").orElseThrow())
        .extracting(Receipt::repeats, Receipt::learning)
        .containsExactly("i1", new Receipt.Learning.Nothing("e1", 1, "nobody judged it"));
  }

  @Test
  void whatWasSpokenOfBeforeItIsPutIsAMember() {
    put("e1", "i1");
    Episodes.Place place = repeating("i2", "i1");
    stores().journal().outcome(SPACE, correction("o1", "i2", ANN, "Six."));
    episodes().put(List.of(place));

    assertThat(summary("e1")).extracting(Summary::size, Summary::repetitions).containsExactly(2, 0);
    assertThat(episodes().judged()).containsExactly(Map.entry("e1", START));
  }

  @Test
  void aRepetitionThatIsSpokenOfBecomesAMember() {
    put("e1", "i1");
    episodes().put(List.of(repeating("i2", "i1")));
    episodes().close(List.of("e1"), START);
    stores().journal().outcome(SPACE, correction("o1", "i2", ANN, "Six."));

    Episode due = episodes().due(START).orElseThrow();
    assertThat(due.revision()).isEqualTo(2);
    assertThat(due.interactions()).extracting(Interaction::id).containsExactly("i1", "i2");
    assertThat(summary("e1")).extracting(Summary::size, Summary::repetitions).containsExactly(2, 0);
  }

  @Test
  void anOpenEpisodeIsJudgedByItsNewestValueOrCorrection() {
    put("e1", "i1");
    put("e2", "i2");
    assertThat(episodes().judged()).isEmpty();
    stores().journal().outcome(SPACE, correction("o1", "i1", ANN, "Six."));
    stores()
        .journal()
        .outcome(
            SPACE, new Outcome("o2", "i1", "reward", 1.0, null, null, ANN, START.plusSeconds(5)));
    assertThat(episodes().judged()).containsExactly(Map.entry("e1", START.plusSeconds(5)));

    episodes().close(List.of("e1"), START);
    assertThat(episodes().judged()).isEmpty();
  }

  @Test
  void anEpisodeThatBreaksTooOftenIsSetAside() {
    put("e1", "i1");
    episodes().close(List.of("e1"), START);
    Episode episode = episodes().due(START).orElseThrow();
    episodes().postpone(episode, "the model is away", START, Duration.ofMinutes(1));
    episodes().postpone(episode, "the model is away", START, Duration.ofMinutes(1));
    episodes().broke(episode, "broken", START, Duration.ofMinutes(1), 2);
    assertThat(summary("e1").state())
        .as("to be put off is no failure")
        .isEqualTo(EpisodeState.CLOSED);
    assertThat(episodes().due(START.plus(Duration.ofMinutes(4)).minusMillis(1))).isEmpty();
    assertThat(episodes().due(START.plus(Duration.ofMinutes(4)))).contains(episode);

    episodes().broke(episode, "broken again", START, Duration.ofMinutes(1), 2);

    assertThat(episodes().failed(SPACE, null, 9))
        .extracting(Summary::id, Summary::note, Summary::attempts)
        .containsExactly(tuple("e1", "broken again", 4));
    assertThat(episodes().failed("elsewhere", null, 9)).isEmpty();
    assertThat(episodes().failed(SPACE, "e1", 9)).isEmpty();
  }

  @Test
  void whatWasSetAsideIsTriedAgainWhenAPersonWantsIt() {
    put("e1", "i1");
    assertThat(episodes().retry(SPACE, "e1")).isFalse();
    episodes().close(List.of("e1"), START);
    Episode episode = episodes().due(START).orElseThrow();
    episodes().fail(episode, "unreadable", "{");
    assertThat(episodes().retry("elsewhere", "e1")).isFalse();

    assertThat(episodes().retry(SPACE, "e1")).isTrue();

    assertThat(episodes().due(START)).contains(episode);
    assertThat(summary("e1")).extracting(Summary::note, Summary::raw).containsOnlyNulls();
  }

  @Test
  void whatWasSetAsideMayBeDropped() {
    put("e1", "i1");
    episodes().close(List.of("e1"), START);
    episodes().fail(episodes().due(START).orElseThrow(), "unreadable", "{");
    assertThat(episodes().drop("elsewhere", "e1", "why")).isFalse();

    assertThat(episodes().drop(SPACE, "e1", "of no use")).isTrue();

    assertThat(episodes().drop(SPACE, "e1", "of no use")).isFalse();
    assertThat(episodes().failed(SPACE, null, 9)).isEmpty();
    assertThat(summary("e1"))
        .extracting(Summary::state, Summary::note, Summary::raw)
        .containsExactly(EpisodeState.LEARNED, "of no use", null);
  }

  @Test
  void anEpisodeWhoseWordsWereLetGoIsNotTriedAgain() {
    put("e1", "i1");
    episodes().close(List.of("e1"), START);
    episodes().fail(episodes().due(START).orElseThrow(), "unreadable", "{");
    stores()
        .retention()
        .step(new Retention.Limits(Duration.ofDays(1), 0), START.plus(Duration.ofDays(2)));

    assertThat(episodes().retry(SPACE, "e1")).isFalse();
    assertThat(summary("e1").state()).isEqualTo(EpisodeState.FAILED);
  }
}
