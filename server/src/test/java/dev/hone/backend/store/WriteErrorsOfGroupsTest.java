package dev.hone.backend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.port.Unwritable;
import dev.hone.testing.FaultyDisk;
import dev.hone.testing.FaultyDisk.When;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

/** Those who share a commit share its failure. */
@Timeout(60)
class WriteErrorsOfGroupsTest {

  private static final int WRITERS = 16;

  @TempDir private Path folder;
  private final FaultyDisk disk = new FaultyDisk();

  @Test
  void aFailedGroupFailsAllItsWritersAndNothingOfItIsThere() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    AtomicBoolean armed = new AtomicBoolean();
    CountDownLatch together = new CountDownLatch(1);
    try (Stores stores = OnFaultyDisk.stores(folder, disk)) {
      Thread first = Thread.ofPlatform().start(() -> waitInside(stores, together));
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        String name = "of-" + i;
        writers.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        stores
                            .database()
                            .write(
                                handle -> {
                                  if (armed.compareAndSet(false, true)) {
                                    disk.fail(
                                        "COMMIT", SQLiteErrorCode.SQLITE_FULL, When.BEFORE, 1);
                                  }
                                  return handle.execute(
                                      "INSERT INTO space VALUES (?, 'OFF', 0, 0, 0)", name);
                                });
                      } catch (Unwritable e) {
                        refused.incrementAndGet();
                      }
                    }));
      }
      while (stores.database().load().writes() <= WRITERS) {
        Thread.sleep(1);
      }
      together.countDown();
      first.join();
      for (Thread writer : writers) {
        writer.join();
      }

      assertThat(refused).hasValue(WRITERS);
      List<String> names =
          stores
              .database()
              .read(
                  handle ->
                      handle.createQuery("SELECT name FROM space").mapTo(String.class).list());
      assertThat(names).containsExactly("first");
    }
  }

  /** Holds the writer up, so that the others come to share a group. */
  private static void waitInside(Stores stores, CountDownLatch together) {
    stores
        .database()
        .write(
            handle -> {
              try {
                together.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return handle.execute("INSERT INTO space VALUES ('first', 'OFF', 0, 0, 0)");
            });
  }
}
