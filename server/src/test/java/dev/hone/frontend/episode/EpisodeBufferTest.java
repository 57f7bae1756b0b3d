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
    return new EpisodeBuffer(
        stores.episodes(),
        ids,
        clock,
        new EpisodeBuffer.Policy(SIZE, Duration.ofSeconds(60), 0.5, 0.2),
        () -> new OpenInteractions(analysis, background, new Bm25(1.2, 0.3), 0.3));
  }

  private void record(String id, Scope scope, String conversation, String question) {
    stores
        .journal()
        .recorded(
            opening(id, scope, conversation, null, null, clock.instant(), user(question)),
            answered(assistant("So.")),
            List.of());
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
    return stores.episodes().list(SPACE, ANN, state, 100);
  }

  @Test
  void similarInteractionsJoinAndOthersDoNot() {
    record("i1", FLOWERS);
    record("i2", "the rose, the lilac, the iris, the violet");
    record("i3", "jade opal quartz");

    buffer.gather();
    assertThat(home("i1")).isNotNull().isEqualTo(home("i2")).isNotEqualTo(home("i3"));
    assertThat(home("i3")).isNotNull();
  }

  @Test
  void aConversationStaysTogetherWhateverItSays() {
    record("i1", scope(SPACE, ANN), "talk", FLOWERS);
    record("i2", scope(SPACE, ANN), "talk", "jade opal quartz");
    buffer.gather();

    assertThat(home("i1")).isNotNull().isEqualTo(home("i2"));
  }

  @Test
  void otherPrincipalsAndSpacesNeverJoin() {
    record("i1", scope(SPACE, ANN), "talk", FLOWERS);
    record("i2", scope(SPACE, "bob"), "talk", FLOWERS);
    record("i3", scope("other", ANN), "talk", FLOWERS);
    buffer.gather();

    assertThat(home("i1")).isNotNull().isNotEqualTo(home("i2"));
    assertThat(stores.journal().interaction("other", "i3").orElseThrow().episode())
        .isNotNull()
        .isNotIn(home("i1"), home("i2"));
  }

  @Test
  void aCommonSessionAddsALittleSimilarity() {
    inSession("i1", "s", FLOWERS);
    inSession("i2", "s", SOME_FLOWERS);
    buffer.gather();

    assertThat(home("i1")).isNotNull().isEqualTo(home("i2"));
  }

  @Test
  void withoutACommonSessionALittleSimilarityIsNotEnough() {
    inSession("i1", "s", FLOWERS);
    inSession("i2", "t", SOME_FLOWERS);
    inSession("i3", "s", "something unlike all else");
    buffer.gather();

    assertThat(
            List.of(
                String.valueOf(home("i1")), String.valueOf(home("i2")), String.valueOf(home("i3"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void aFullEpisodeClosesAndTheNextBegins() {
    for (String id : List.of("i1", "i2", "i3", "i4")) {
      record(id, FLOWERS);
      buffer.gather();
    }

    assertThat(in(EpisodeState.CLOSED)).extracting(Summary::size).containsExactly(SIZE);
    assertThat(in(EpisodeState.OPEN)).extracting(Summary::size).containsExactly(1);
  }

  @Test
  void aFullEpisodeTakesNoMoreHoweverManyWaitAtOnce() {
    for (String id : List.of("i1", "i2", "i3", "i4", "i5", "i6", "i7")) {
      record(id, FLOWERS);
    }
    buffer.gather();

    assertThat(in(EpisodeState.CLOSED)).extracting(Summary::size).containsExactly(SIZE, SIZE);
    assertThat(in(EpisodeState.OPEN)).extracting(Summary::size).containsExactly(1);
  }

  @Test
  void anIdleEpisodeCloses() {
    record("i1", FLOWERS);
    buffer.gather();
    clock.advance(Duration.ofSeconds(60));
    buffer.closeIdle();
    assertThat(in(EpisodeState.CLOSED)).isEmpty();

    clock.advance(Duration.ofMillis(1));
    buffer.closeIdle();
    assertThat(in(EpisodeState.CLOSED)).hasSize(1);

    record("i2", FLOWERS);
    buffer.gather();
    assertThat(home("i2")).isNotEqualTo(home("i1"));
  }

  @Test
  void anEpisodeMayBeEnded() {
    record("i1", FLOWERS);
    buffer.gather();
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
    buffer.gather();
    buffer.closeAll(SPACE);

    assertThat(in(EpisodeState.CLOSED)).hasSize(2);
    assertThat(stores.episodes().open()).extracting(Summary::space).containsExactly("other");
  }

  @Test
  void afterARestartTheOpenEpisodesGoOn() {
    record("i1", scope(SPACE, ANN), "talk", FLOWERS);
    buffer.gather();
    buffer = make();
    record("i2", FLOWERS);
    buffer.gather();
    buffer = make();
    record("i3", scope(SPACE, ANN), "talk", "jade");
    buffer.gather();

    assertThat(home("i1")).isNotNull().isEqualTo(home("i2")).isEqualTo(home("i3"));
    assertThat(in(EpisodeState.CLOSED)).extracting(Summary::size).containsExactly(SIZE);
  }

  @Test
  void afterARestartIdleTimeIsCountedFromTheNewestInteraction() {
    record("i1", FLOWERS);
    buffer.gather();
    clock.advance(Duration.ofSeconds(61));
    buffer = make();
    buffer.closeIdle();

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
    assertThatThrownBy(buffer::gather).isInstanceOf(Unwritable.class);
    assertThatThrownBy(buffer::gather).isInstanceOf(Unwritable.class);

    buffer.gather();

    assertThat(stores.episodes().open()).extracting(Summary::size).containsExactly(2);
    disk.fail("COMMIT", SQLiteErrorCode.SQLITE_IOERR, FaultyDisk.When.AFTER, 1);
    assertThatThrownBy(() -> buffer.closeAll(SPACE)).isInstanceOf(Unwritable.class);
    record("i3", FLOWERS);
    buffer.gather();
    assertThat(stores.episodes().open())
        .as("what is closed, though nobody was told, is joined by nothing")
        .extracting(Summary::size)
        .containsExactly(1);
  }
}
