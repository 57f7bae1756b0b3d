package dev.hone.frontend.capture;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.answered;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.backend.store.OnFaultyDisk;
import dev.hone.experience.Interaction;
import dev.hone.experience.InteractionState;
import dev.hone.testing.FaultyDisk;
import dev.hone.testing.FaultyDisk.When;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;

/** What becomes of a request and its answer when the disk refuses one of them, or both. */
@Timeout(60)
class RecorderTest {

  private static final int FOR_EVER = Integer.MAX_VALUE;

  @TempDir private Path folder;
  private final FaultyDisk disk = new FaultyDisk();
  private final List<String> missed = new CopyOnWriteArrayList<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private Stores stores;
  private Recorder recorder;

  @BeforeEach
  void open() {
    stores = OnFaultyDisk.stores(folder, disk);
    recorder = new Recorder(stores.journal(), executor, Duration.ofSeconds(30), missed::add);
  }

  @AfterEach
  void close() {
    executor.close();
    stores.close();
  }

  private Recorder.Recording begin(String id) {
    return recorder.open(opening(id, scope(SPACE, ANN), user("question " + id)));
  }

  private static boolean end(Recorder.Recording recording) {
    return recording.completed(answered(assistant("answer " + recording.opening().id())));
  }

  private void refuse(When when, int times) {
    disk.fail("COMMIT", SQLiteErrorCode.SQLITE_IOERR, when, times);
  }

  private Optional<Interaction> found(String id) {
    return stores.journal().interaction(SPACE, id);
  }

  private void assertWhole(String id) {
    Interaction found = found(id).orElseThrow();
    assertThat(found.state()).isEqualTo(InteractionState.COMPLETED);
    assertThat(found.messages()).containsExactly(user("question " + id));
    assertThat(found.answer()).isEqualTo(assistant("answer " + id));
  }

  @ParameterizedTest
  @EnumSource
  void aRequestThatWasRefusedIsWrittenWithItsAnswerThoughNotPromised(When when) {
    refuse(when, 1);
    Recorder.Recording recording = begin("i");

    assertThat(recording.opened()).isFalse();
    assertThat(end(recording)).isTrue();

    assertThat(missed).containsExactly("opened");
    assertWhole("i");
  }

  @Test
  void ofARequestThatWasRefusedWithItsAnswerNothingIsThere() {
    refuse(When.BEFORE, 2);
    Recorder.Recording recording = begin("i");

    assertThat(recording.opened()).isFalse();
    assertThat(end(recording)).isFalse();

    assertThat(missed).containsExactly("opened", "completed");
    assertThat(found("i")).isEmpty();
    Recorder.Recording next = begin("next");
    assertThat(next.opened()).isTrue();
    assertThat(end(next)).isTrue();
    assertWhole("next");
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatWasRefusedIsWrittenWhenTheDiskTakesSomethingAgain(When when) throws Exception {
    Recorder.Recording recording = begin("i");
    assertThat(recording.opened()).isTrue();
    refuse(when, 3);
    assertThat(end(recording)).isFalse();
    assertThat(begin("refused-1").opened()).isFalse();
    assertThat(begin("refused-2").opened()).isFalse();
    assertThat(missed).containsExactly("completed", "opened", "opened");

    assertThat(begin("taken").opened()).isTrue();

    while (found("i").orElseThrow().state() == InteractionState.OPENED) {
      Thread.sleep(5);
    }
    assertWhole("i");
  }

  @Test
  void anAnswerThatIsOwedWhenTheProcessEndsLeavesTheRequestInterrupted() {
    Recorder.Recording recording = begin("i");
    assertThat(recording.opened()).isTrue();
    refuse(When.BEFORE, FOR_EVER);
    assertThat(end(recording)).isFalse();
    disk.heal();
    stores.close();

    stores = OnFaultyDisk.stores(folder, disk);

    assertThat(stores.journal().interruptUnfinished()).isEqualTo(1);
    assertThat(found("i").orElseThrow().state()).isEqualTo(InteractionState.INTERRUPTED);
  }
}
