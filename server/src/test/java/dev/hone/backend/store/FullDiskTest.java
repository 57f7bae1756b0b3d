package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.answered;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.port.Journal;
import dev.hone.port.NotWritten;
import dev.hone.port.WriteLoad;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store says when it has no room, and how far it is behind. */
class FullDiskTest {

  @TempDir private Path folder;
  private Stores stores;

  @BeforeEach
  void open() {
    stores = Stores.in(folder, new SettableClock());
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private static Journal.Recorded recorded(String id, int size) {
    return new Journal.Recorded(
        opening(id, scope(SPACE, ANN), user("question")),
        answered(assistant("x".repeat(size))),
        List.of());
  }

  /** SQLite reports a file that may not grow as it reports a full disk. */
  private void mayHave(int pages) {
    stores
        .database()
        .write(
            handle ->
                handle.createQuery("PRAGMA max_page_count = " + pages).mapTo(Integer.class).one());
  }

  @Test
  void aWriteThatDoesNotFitHappensNotAtAllAndSaysWhy() {
    stores.journal().recorded(List.of(recorded("a", 10)));
    mayHave(1);

    assertThatThrownBy(
            () -> stores.journal().recorded(List.of(recorded("b", 10), recorded("c", 1_000_000))))
        .isInstanceOfSatisfying(
            NotWritten.class, e -> assertThat(e.reason()).isEqualTo(NotWritten.Reason.FULL));
    assertThat(stores.journal().interaction(SPACE, "a")).isPresent();
    assertThat(stores.journal().interaction(SPACE, "b")).isEmpty();

    mayHave(1_000_000);
    stores.journal().recorded(List.of(recorded("b", 10), recorded("c", 1_000_000)));
    assertThat(stores.journal().interaction(SPACE, "c")).as("when there is room").isPresent();
  }

  @Test
  void theLoadIsWhatWaitsAndForHowLong() throws Exception {
    assertThat(stores.database().load()).isEqualTo(new WriteLoad.Load(0, Duration.ZERO));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread slow =
        Thread.ofVirtual()
            .start(
                () ->
                    stores
                        .database()
                        .write(
                            handle -> {
                              begun.countDown();
                              try {
                                return end.await(30, java.util.concurrent.TimeUnit.SECONDS);
                              } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                              }
                            }));
    begun.await();
    Thread waiting =
        Thread.ofVirtual().start(() -> stores.journal().recorded(List.of(recorded("a", 1))));
    while (stores.database().load().writes() < 2) {
      Thread.onSpinWait();
    }
    Duration before = stores.database().load().oldest();
    Thread.sleep(5);
    assertThat(stores.database().load().oldest()).isGreaterThan(before);

    end.countDown();
    slow.join();
    waiting.join();
    while (stores.database().load().writes() > 0) {
      Thread.onSpinWait();
    }
    assertThat(stores.database().load().oldest()).isZero();
  }
}
