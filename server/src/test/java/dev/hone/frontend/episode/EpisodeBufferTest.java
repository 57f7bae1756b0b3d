package dev.hone.frontend.episode;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.answered;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.backend.store.OnFaultyDisk;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Message;
import dev.hone.experience.Outcome;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import dev.hone.experience.Scope;
import dev.hone.port.Episodes.Summary;
import dev.hone.port.Unwritable;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.testing.CountingIds;
import dev.hone.testing.FaultyDisk;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

/** What shares meaning is put together. */
class EpisodeBufferTest {

  private static final int SIZE = 3;
  private static final int TOKENS = 1_000;
  private static final int RUN = 20;
  private static final String FLOWERS = "tulip violet iris lilac rose";
  private static final String SOME_FLOWERS = "tulip violet jade opal quartz";

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock();
  private final CountingIds ids = new CountingIds();
  private Stores stores;
  private EpisodeBuffer buffer;

  @BeforeEach
  void open() {
    stores = Stores.in(folder, clock);
    buffer = make();
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private EpisodeBuffer make() {
    Analysis analysis = new Analysis();
    Background background = new Background(analysis);
    OpenEpisodes.Policy policy =
        new OpenEpisodes.Policy(SIZE, TOKENS, RUN, 0.5, 0.2, 0.1, Duration.ofSeconds(10));
    return new EpisodeBuffer(
        stores.episodes(),
        clock,
        new EpisodeBuffer.Quiet(Duration.ofSeconds(60), Duration.ofSeconds(2)),
        new OpenEpisodes(ids, policy, analysis, background, new Bm25(1.2, 0.3)));
  }

  private void record(String id, Scope scope, String conversation, String question) {
    record(id, scope, conversation, null, question, assistant("So " + id + "."));
  }

  private void record(
      String id,
      Scope scope,
      String conversation,
      @Nullable String parent,
      String question,
      Message answer,
      Outcome... outcomes) {
    stores
        .journal()
        .recorded(
            opening(id, scope, conversation, parent, null, clock.instant(), user(question)),
            answered(answer),
            List.of(outcomes));
  }

  private void record(String id, String question) {
    record(id, scope(SPACE, ANN), "of-" + id, question);
  }

  private void inSession(String id, @Nullable String session, String question) {
    record(id, new Scope(SPACE, ANN, null, session, null), "of-" + id, question);
  }

  private @Nullable String home(String id) {
    return stores.journal().interaction(SPACE, id).orElseThrow().episode();
  }

  private List<Summary> in(EpisodeState state) {
    return stores.episodes().list(SPACE, ANN, state, null, 100);
  }

  @Test
  void similarInteractionsJoinAndOthersDoNot() {
    record("i1", FLOWERS);
    record("i2", "the rose, the lilac, the iris, the violet");
    record("i3", "jade opal quartz");

    buffer.gather(9);
    assertThat(home("i1")).isNotNull().isEqualTo(home("i2")).isNotEqualTo(home("i3"));
    assertThat(home("i3")).isNotNull();
  }

  @Test
  void aConversationStaysTogetherWhateverItSays() {
    record("i1", scope(SPACE, ANN), "talk", FLOWERS);
    record("i2", scope(SPACE, ANN), "talk", "jade opal quartz");
    buffer.gather(9);

    assertThat(home("i1")).isNotNull().isEqualTo(home("i2"));
  }

  @Test
  void otherPrincipalsAndSpacesNeverJoin() {
    record("i1", scope(SPACE, ANN), "talk", FLOWERS);
    record("i2", scope(SPACE, "bob"), "talk", FLOWERS);
    record("i3", scope("other", ANN), "talk", FLOWERS);
    buffer.gather(9);

    assertThat(home("i1")).isNotNull().isNotEqualTo(home("i2"));
    assertThat(stores.journal().interaction("other", "i3").orElseThrow().episode())
        .isNotNull()
        .isNotIn(home("i1"), home("i2"));
  }

  @Test
  void aCommonSessionAddsALittleSimilarity() {
    inSession("i1", "s", FLOWERS);
    inSession("i2", "s", SOME_FLOWERS);
    buffer.gather(9);

    assertThat(home("i1")).isNotNull().isEqualTo(home("i2"));
  }

  @Test
  void withoutACommonSessionALittleSimilarityIsNotEnough() {
    inSession("i1", "s", FLOWERS);
    inSession("i2", "t", SOME_FLOWERS);
    inSession("i3", "s", "something unlike all else");
    buffer.gather(9);

    assertThat(
            List.of(
                String.valueOf(home("i1")), String.valueOf(home("i2")), String.valueOf(home("i3"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void aFullEpisodeClosesAndTheNextBegins() {
    for (String id : List.of("i1", "i2", "i3", "i4")) {
      record(id, FLOWERS);
      buffer.gather(9);
    }

    assertThat(in(EpisodeState.CLOSED)).extracting(Summary::size).containsExactly(SIZE);
    assertThat(in(EpisodeState.OPEN)).extracting(Summary::size).containsExactly(1);
  }

  @Test
  void aFullEpisodeTakesNoMoreHoweverManyWaitAtOnce() {
    for (String id : List.of("i1", "i2", "i3", "i4", "i5", "i6", "i7")) {
      record(id, FLOWERS);
    }
    buffer.gather(9);

    assertThat(in(EpisodeState.CLOSED)).extracting(Summary::size).containsExactly(SIZE, SIZE);
    assertThat(in(EpisodeState.OPEN)).extracting(Summary::size).containsExactly(1);
  }

  @Test
  void aConversationThatWaitsAsAWholeIsNotCutWhereAnEpisodeIsFull() {
    for (int i = 0; i < 2 * SIZE; i++) {
      record("i" + i, scope(SPACE, ANN), "talk", "turn " + i + " of " + FLOWERS);
    }
    record("i9", FLOWERS);
    while (buffer.gather(SIZE)) {}

    assertThat(in(EpisodeState.CLOSED)).extracting(Summary::size).containsExactly(2 * SIZE);
    assertThat(home("i9")).as("another one begins").isNotNull().isNotEqualTo(home("i0"));
  }

  @Test
  void anIdleEpisodeCloses() {
    record("i1", FLOWERS);
    buffer.gather(9);
    clock.advance(Duration.ofSeconds(60));
    buffer.closeQuiet();
    assertThat(in(EpisodeState.CLOSED)).isEmpty();

    clock.advance(Duration.ofMillis(1));
    buffer.closeQuiet();
    assertThat(in(EpisodeState.CLOSED)).hasSize(1);

    record("i2", FLOWERS);
    buffer.gather(9);
    assertThat(home("i2")).isNotEqualTo(home("i1"));
  }

  @Test
  void anEpisodeMayBeEnded() {
    record("i1", FLOWERS);
    buffer.gather(9);
    String episode = String.valueOf(home("i1"));

    buffer.end(episode);
    buffer.end(episode);
    buffer.end("nobody");
    assertThat(in(EpisodeState.CLOSED)).extracting(Summary::id).containsExactly(episode);
  }

  @Test
  void allEpisodesOfASpaceMayBeClosed() {
    record("i1", FLOWERS);
    record("i2", "jade opal quartz");
    record("i3", scope("other", ANN), "talk", FLOWERS);
    buffer.gather(9);
    buffer.closeAll(SPACE);

    assertThat(in(EpisodeState.CLOSED)).hasSize(2);
    assertThat(stores.episodes().open()).extracting(Summary::space).containsExactly("other");
  }

  @Test
  void afterARestartTheOpenEpisodesGoOn() {
    record("i1", scope(SPACE, ANN), "talk", FLOWERS);
    buffer.gather(9);
    buffer = make();
    record("i2", FLOWERS);
    buffer.gather(9);
    buffer = make();
    record("i3", scope(SPACE, ANN), "talk", "jade");
    buffer.gather(9);

    assertThat(home("i1")).isNotNull().isEqualTo(home("i2")).isEqualTo(home("i3"));
    assertThat(in(EpisodeState.CLOSED)).extracting(Summary::size).containsExactly(SIZE);
  }

  @Test
  void afterARestartIdleTimeIsCountedFromTheNewestInteraction() {
    record("i1", FLOWERS);
    buffer.gather(9);
    clock.advance(Duration.ofSeconds(61));
    buffer = make();
    buffer.closeQuiet();

    assertThat(in(EpisodeState.CLOSED)).hasSize(1);
  }

  @Test
  void afterAWriteThatFailedEverythingIsPutTogetherOnce() {
    stores.close();
    FaultyDisk disk = new FaultyDisk();
    stores = OnFaultyDisk.stores(folder, disk);
    buffer = make();
    record("i1", FLOWERS);
    record("i2", FLOWERS);
    disk.fail("COMMIT", SQLiteErrorCode.SQLITE_FULL, FaultyDisk.When.BEFORE, 2);
    assertThatThrownBy(() -> buffer.gather(9)).isInstanceOf(Unwritable.class);
    assertThatThrownBy(() -> buffer.gather(9)).isInstanceOf(Unwritable.class);

    buffer.gather(9);

    assertThat(stores.episodes().open()).extracting(Summary::size).containsExactly(2);
    disk.fail("COMMIT", SQLiteErrorCode.SQLITE_IOERR, FaultyDisk.When.AFTER, 1);
    assertThatThrownBy(() -> buffer.closeAll(SPACE)).isInstanceOf(Unwritable.class);
    record("i3", FLOWERS);
    buffer.gather(9);
    assertThat(stores.episodes().open())
        .as("what is closed, though nobody was told, is joined by nothing")
        .extracting(Summary::size)
        .containsExactly(1);
  }

  @Test
  void closenessInTimeAddsALittleSimilarityThatFades() {
    record("i1", "tulip violet iris lilac jade opal quartz onyx agate");
    record("i2", "tulip violet iris lilac amber copper cobalt nickel zinc");
    buffer.gather(9);
    assertThat(home("i1")).as("at the same time").isNotNull().isEqualTo(home("i2"));

    buffer.closeAll(SPACE);
    record("i3", "tulip violet iris lilac jade opal quartz onyx agate");
    clock.advance(Duration.ofSeconds(40));
    record("i4", "tulip violet iris lilac amber copper cobalt nickel zinc");
    buffer.gather(9);
    assertThat(home("i3")).as("forty seconds later").isNotNull().isNotEqualTo(home("i4"));
  }

  @Test
  void anEpisodeClosesWhenItHoldsTooManyTokens() {
    record("i1", "talk of " + FLOWERS.repeat(TOKENS / 8));
    record("i2", "talk of " + FLOWERS.repeat(TOKENS / 8) + " again");
    record("i3", "talk of " + FLOWERS);
    buffer.gather(9);

    assertThat(in(EpisodeState.CLOSED)).extracting(Summary::tokens).allMatch(t -> t >= TOKENS);
    assertThat(in(EpisodeState.OPEN)).extracting(Summary::size).containsExactly(1);
  }

  @Test
  void aJudgedEpisodeClosesAShortWhileAfterTheLastWord() {
    record("i1", FLOWERS);
    record("i2", "jade opal quartz");
    buffer.gather(9);
    judge("o1", "i1");
    clock.advance(Duration.ofMillis(1_500));
    judge("o2", "i1");
    buffer.closeQuiet();
    clock.advance(Duration.ofMillis(1_999));
    buffer.closeQuiet();
    assertThat(in(EpisodeState.CLOSED))
        .as("corrections that come together stay together")
        .isEmpty();

    clock.advance(Duration.ofMillis(1));
    buffer.closeQuiet();
    assertThat(in(EpisodeState.CLOSED)).extracting(Summary::id).containsExactly(home("i1"));
    assertThat(in(EpisodeState.CLOSED)).extracting(Summary::revision).containsExactly(1);
  }

  @Test
  void anotherAttemptKeepsAJudgedEpisodeOpenForAShortWhile() {
    record("i1", FLOWERS);
    buffer.gather(9);
    judge("o1", "i1");
    clock.advance(Duration.ofMillis(1_500));
    record("i2", FLOWERS);
    buffer.gather(9);
    clock.advance(Duration.ofMillis(1_999));
    buffer.closeQuiet();
    assertThat(in(EpisodeState.CLOSED)).isEmpty();

    clock.advance(Duration.ofMillis(1));
    buffer.closeQuiet();
    assertThat(in(EpisodeState.CLOSED)).extracting(Summary::size).containsExactly(2);
  }

  @Test
  void whatCameWithItsOutcomeIsJudgedAlready() {
    record("i1", scope(SPACE, ANN), "a", null, FLOWERS, assistant("?"), outcome("o1", "i1"));
    buffer.gather(9);
    buffer = make();
    clock.advance(Duration.ofSeconds(2));
    buffer.closeQuiet();

    assertThat(in(EpisodeState.CLOSED)).hasSize(1);
  }

  @Test
  void aCommentAloneJudgesNothing() {
    record("i1", FLOWERS);
    buffer.gather(9);
    stores
        .journal()
        .outcome(
            SPACE, new Outcome("o1", "i1", "comment", null, null, "Hm.", ANN, clock.instant()));
    clock.advance(Duration.ofSeconds(60));
    buffer.closeQuiet();

    assertThat(in(EpisodeState.CLOSED)).isEmpty();
  }

  private static Message calling(String id) {
    return new Message(Role.ASSISTANT, List.of(new Part.ToolCall(id, "look", "{}")));
  }

  private void step(String id, String said, Message answer) {
    record(id, scope(SPACE, ANN), "run", null, said, answer);
    buffer.gather(9);
  }

  @Test
  void anAgentsRunIsNotCutWhereAnEpisodeIsFull() {
    for (int i = 0; i < 3 * SIZE; i++) {
      step("run" + i, "result " + i, calling("c" + i));
    }
    step("run9", "result 9", assistant("Done."));

    assertThat(in(EpisodeState.CLOSED)).isEmpty();
    assertThat(in(EpisodeState.OPEN)).extracting(Summary::size).containsExactly(3 * SIZE + 1);

    record("other", "result 9");
    buffer.gather(9);
    assertThat(home("other")).as("full: only its own conversation").isNotEqualTo(home("run0"));
  }

  @Test
  void anAgentsRunIsCutAtTheHardBound() {
    for (int i = 0; i <= RUN; i++) {
      step("run" + (char) ('a' + i), "result " + i, calling("c" + i));
    }

    assertThat(in(EpisodeState.CLOSED)).extracting(Summary::size).containsExactly(RUN);
    assertThat(in(EpisodeState.OPEN)).extracting(Summary::size).containsExactly(1);
  }

  @Test
  void aRunThatIsJudgedWhileAToolWorksGoesOn() {
    step("run0", "begin", calling("c"));
    judge("o1", "run0");
    clock.advance(Duration.ofSeconds(10));
    buffer.closeQuiet();
    assertThat(in(EpisodeState.CLOSED)).isEmpty();

    step("run1", "result", assistant("Done."));
    clock.advance(Duration.ofSeconds(2));
    buffer.closeQuiet();
    assertThat(in(EpisodeState.CLOSED)).extracting(Summary::size).containsExactly(2);
  }

  @Test
  void whatSaysExactlyTheSameIsCountedAndTakesNoRoom() {
    for (int i = 0; i < 3 * SIZE; i++) {
      record("i" + i, scope(SPACE, ANN), "talk" + i, null, FLOWERS, assistant("Yes."));
    }
    buffer.gather(9);

    assertThat(in(EpisodeState.OPEN)).extracting(Summary::size).containsExactly(1);
    assertThat(in(EpisodeState.OPEN))
        .extracting(Summary::repetitions)
        .containsExactly(3 * SIZE - 1);
    assertThat(home("i1")).isEqualTo(home("i0"));
    assertThat(stores.episodes().episode(SPACE, String.valueOf(home("i0"))).orElseThrow())
        .extracting(episode -> episode.interactions().size())
        .isEqualTo(1);
  }

  @Test
  void theSameWordsAfterOthersAreNoRepetitionAndAfterTheSameAre() {
    record("a1", scope(SPACE, ANN), "a", null, FLOWERS, assistant("Which?"));
    record("a2", scope(SPACE, ANN), "a", "a1", "The first.", assistant("Done."));
    record("b1", scope(SPACE, ANN), "b", null, FLOWERS, assistant("Which?"));
    buffer.gather(9);
    record("b2", scope(SPACE, ANN), "b", "b1", "The first.", assistant("Done."));
    buffer.gather(9);
    assertThat(in(EpisodeState.OPEN)).extracting(Summary::size).containsExactly(2);
    assertThat(in(EpisodeState.OPEN)).extracting(Summary::repetitions).containsExactly(2);

    record("b3", scope(SPACE, ANN), "b", "b2", "The first.", assistant("Done."));
    buffer.gather(9);
    assertThat(in(EpisodeState.CLOSED)).extracting(Summary::size).containsExactly(3);
  }

  @Test
  void repetitionsAreRecognisedAfterARestartAndKeepNoEpisodeOpen() {
    record("i1", scope(SPACE, ANN), "a", null, FLOWERS, assistant("Yes."));
    buffer.gather(9);
    clock.advance(Duration.ofSeconds(50));
    buffer = make();
    record("i2", scope(SPACE, ANN), "b", null, FLOWERS, assistant("Yes."));
    buffer.gather(9);
    assertThat(in(EpisodeState.OPEN)).extracting(Summary::repetitions).containsExactly(1);

    clock.advance(Duration.ofSeconds(11));
    buffer.closeQuiet();
    assertThat(in(EpisodeState.CLOSED)).hasSize(1);
  }

  private Outcome outcome(String id, String interaction) {
    return new Outcome(id, interaction, "correct", 0.0, "No.", null, ANN, clock.instant());
  }

  private void judge(String id, String interaction) {
    stores.journal().outcome(SPACE, outcome(id, interaction));
  }
}
