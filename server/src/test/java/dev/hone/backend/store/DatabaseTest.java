package dev.hone.backend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.port.Effort;
import dev.hone.port.Spaces.LearningMode;
import dev.hone.port.Spaces.Space;
import dev.hone.port.Spending;
import dev.hone.port.Unwritable;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes that wait at the same time are committed together, and each is on its own all the same.
 */
class DatabaseTest {

  private static final int THREADS = 16;
  private static final int WRITES = 25;

  @TempDir private Path folder;

  private Stores open() {
    return Stores.in(folder, new SettableClock());
  }

  private static int insert(Handle handle, String name) {
    return handle.execute("INSERT INTO space VALUES (?, 'OFF', 0, 0, 0)", name);
  }

  private static List<String> names(Stores stores) {
    return stores
        .database()
        .read(
            handle ->
                handle
                    .createQuery("SELECT name FROM space ORDER BY name")
                    .mapTo(String.class)
                    .list());
  }

  /** Every thread begins at the same moment; returns what became of each. */
  private static List<Future<?>> together(int threads, ThreadTask task)
      throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> futures = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (int thread = 0; thread < threads; thread++) {
        int number = thread;
        futures.add(
            executor.submit(
                () -> {
                  start.await();
                  task.run(number);
                  return number;
                }));
      }
      start.countDown();
    }
    return futures;
  }

  /** What a thread does. */
  private interface ThreadTask {
    void run(int thread);
  }

  @Test
  void aDatabaseOfAnEarlierVersionIsBroughtUpToDate() throws Exception {
    Path file = folder.resolve("early.db");
    String url = "jdbc:sqlite:" + file;
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:db/migration")
        .target("3")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO spending VALUES ('main', '2026-01-05', 2, 70, 1500)");
    }

    try (Database database = new Database(file)) {
      assertThat(new SqlSpending(database).on("main", LocalDate.of(2026, 1, 5)))
          .isEqualTo(
              new Spending.Cost(2, 70, Duration.ofMillis(1500), Duration.ZERO, Duration.ZERO));
    }
  }

  @Test
  void whatManyThreadsWroteAtOnceIsThereAfterReopening() throws Exception {
    try (Stores stores = open()) {
      for (Future<?> future :
          together(
              THREADS,
              thread ->
                  IntStream.range(0, WRITES)
                      .forEach(
                          i ->
                              assertThat(
                                      stores
                                          .spaces()
                                          .create(new Space(name(thread, i), LearningMode.OFF)))
                                  .isTrue()))) {
        future.get();
      }
      assertThat(names(stores)).hasSize(THREADS * WRITES);
    }
    try (Stores again = open()) {
      assertThat(names(again)).hasSize(THREADS * WRITES).contains(name(0, 0), name(15, 24));
    }
  }

  private static String name(int thread, int i) {
    return "space-" + thread + "-" + i;
  }

  @Test
  void aWriteThatFailsTakesNoOtherWithItAndLeavesNothing() throws Exception {
    try (Stores stores = open()) {
      List<Future<?>> futures =
          together(
              THREADS,
              thread ->
                  stores
                      .database()
                      .write(
                          handle -> {
                            insert(handle, "of-" + thread);
                            if (thread % 2 == 1) {
                              throw new IllegalStateException("refused " + thread);
                            }
                            return thread;
                          }));
      for (int thread = 0; thread < THREADS; thread++) {
        Future<?> future = futures.get(thread);
        if (thread % 2 == 1) {
          assertThatThrownBy(future::get)
              .isInstanceOf(ExecutionException.class)
              .hasMessageContaining("refused " + thread);
        } else {
          future.get();
        }
      }
    }
    try (Stores again = open()) {
      assertThat(names(again))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, THREADS / 2).mapToObj(i -> "of-" + 2 * i).toList());
    }
  }

  @Test
  void aBrokenConstraintIsAnErrorOfItsWriteOnly() {
    try (Stores stores = open()) {
      stores.database().write(handle -> insert(handle, "one"));

      assertThatThrownBy(() -> stores.database().write(handle -> insert(handle, "one")))
          .isInstanceOf(RuntimeException.class);
      stores.database().write(handle -> insert(handle, "two"));
      assertThat(names(stores)).containsExactly("one", "two");
    }
  }

  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aWriteThatDiesOfAnErrorDoesNotStopTheWriter() {
    try (Stores stores = open()) {
      assertThatThrownBy(
              () ->
                  stores
                      .database()
                      .write(
                          handle -> {
                            throw new StackOverflowError("too deep");
                          }))
          .hasStackTraceContaining("too deep");
      stores.database().write(handle -> insert(handle, "next"));
      assertThat(names(stores)).containsExactly("next");
    }
  }

  @Test
  void aClosedDatabaseTakesNoMoreWrites() {
    Stores stores = open();
    stores.close();

    assertThatThrownBy(() -> stores.database().write(handle -> insert(handle, "late")))
        .isInstanceOf(Unwritable.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aReadIsGivenNoRightToWrite() {
    try (Stores stores = open()) {
      assertThatThrownBy(() -> stores.database().read(handle -> insert(handle, "sneaked in")))
          .isInstanceOf(RuntimeException.class);
      assertThat(names(stores)).isEmpty();
    }
  }

  /** Works until that much processor time is used; returns how much it was. */
  private static long burn(long nanos) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    while (threads.getCurrentThreadCpuTime() - start < nanos) {
      Thread.onSpinWait();
    }
    return threads.getCurrentThreadCpuTime() - start;
  }

  @Test
  void whatAWriteCostsIsPutDownToWhoWaitsForIt() throws Exception {
    try (Stores stores = open();
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      Effort effort = stores.database();
      long elsewhere = other.submit(effort::nanos).get();
      long before = effort.nanos();
      long burnt = stores.database().write(handle -> burn(50_000_000));

      assertThat(effort.nanos() - before).isGreaterThanOrEqualTo(burnt);
      assertThat(other.submit(effort::nanos).get() - elsewhere).isLessThan(burnt);
    }
  }

  @Test
  void theLogBeginsAnewWhileSomebodyWritesAllTheTime() throws Exception {
    int threads = 4;
    int writes = 2_000;
    byte[] body = new byte[20_000];
    try (Stores stores = open()) {
      List<Future<?>> written =
          together(
              threads,
              thread -> {
                for (int i = 0; i < writes; i++) {
                  String name = thread + "-" + i % 10;
                  stores.database().write(handle -> replay(handle, name, body));
                }
              });
      for (Future<?> each : written) {
        each.get();
      }

      assertThat(Files.size(folder.resolve("hone.db-wal")))
          .isLessThan((long) threads * writes * body.length / 2);
    }
  }

  @Test
  @Timeout(120)
  void whoReadsForLongHoldsUpNoWriteAndWhenItIsDoneTheLogBeginsAnew() throws Exception {
    byte[] body = new byte[40_000];
    try (Stores stores = open()) {
      write(stores, 1, body);
      int began;
      try (Connection reader = Database.source(folder.resolve("hone.db"), true).getConnection();
          Statement statement = reader.createStatement()) {
        reader.setAutoCommit(false);
        statement.executeQuery("SELECT count(*) FROM space").close();
        began = timesBegun();
        write(stores, 2_000, body);
        assertThat(timesBegun()).isEqualTo(began);
        reader.rollback();
      }

      while (timesBegun() == began) {
        write(stores, 100, body);
      }
    }
  }

  /** How often the log began anew: bytes 12 to 15 of its header (SQLite file format, 4.1). */
  private int timesBegun() throws IOException {
    try (DataInputStream log =
        new DataInputStream(Files.newInputStream(folder.resolve("hone.db-wal")))) {
      log.skipNBytes(12);
      return log.readInt();
    }
  }

  /** As slowly as clients do, so that the log is looked at meanwhile. */
  private static void write(Stores stores, int writes, byte[] body) throws InterruptedException {
    for (int i = 0; i < writes; i++) {
      String name = "long-" + i % 10;
      stores.database().write(handle -> replay(handle, name, body));
      if (i % 100 == 0) {
        Thread.sleep(50);
      }
    }
  }

  private static int replay(Handle handle, String name, byte[] body) {
    return handle.execute(
        "INSERT OR REPLACE INTO replay VALUES ('ann', ?, 'main', '', 200, '{}', ?, 0)", name, body);
  }
}
