package dev.hone.backend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.port.Unwritable;
import dev.hone.testing.FaultyDisk;
import dev.hone.testing.FaultyDisk.When;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;

/** A disk that refuses: nobody is told that something is durable, and writing goes on after it. */
@Timeout(60)
class WriteErrorsTest {

  private static final int FOR_EVER = Integer.MAX_VALUE;

  @TempDir private Path folder;
  private final FaultyDisk disk = new FaultyDisk();

  private Stores open() {
    return OnFaultyDisk.stores(folder, disk);
  }

  private static void write(Stores stores, String name) {
    stores.database().write(handle -> insert(handle, name));
  }

  private static int insert(Handle handle, String name) {
    return handle.execute("INSERT INTO space VALUES (?, 'OFF', 0, 0, 0)", name);
  }

  private static List<String> names(Stores stores) {
    return stores
        .database()
        .read(
            h -> h.createQuery("SELECT name FROM space ORDER BY name").mapTo(String.class).list());
  }

  @ParameterizedTest
  @CsvSource({
    "BEGIN, SQLITE_BUSY",
    "BEGIN, SQLITE_READONLY",
    "BEGIN, SQLITE_IOERR_READ",
    "SAVEPOINT, SQLITE_IOERR",
    "INSERT, SQLITE_FULL",
    "INSERT, SQLITE_IOERR_WRITE",
    "INSERT, SQLITE_CORRUPT",
    "RELEASE, SQLITE_IOERR",
    "COMMIT, SQLITE_FULL",
    "COMMIT, SQLITE_IOERR_FSYNC",
    "COMMIT, SQLITE_BUSY"
  })
  void whatFailedIsNotThereAndTheNextWriteGoesThrough(String statement, SQLiteErrorCode code) {
    try (Stores stores = open()) {
      disk.fail(statement, code, When.BEFORE, 1);

      Unwritable refused = catchThrowableOfType(Unwritable.class, () -> write(stores, "refused"));

      assertThat(refused.reason())
          .isEqualTo(
              code == SQLiteErrorCode.SQLITE_FULL
                  ? Unwritable.Reason.FULL
                  : Unwritable.Reason.BROKEN);
      write(stores, "next");
      assertThat(names(stores)).containsExactly("next");
    }
    try (Stores again = open()) {
      assertThat(names(again)).containsExactly("next");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SQLiteErrorCode.class,
      names = {"SQLITE_FULL", "SQLITE_IOERR", "SQLITE_IOERR_FSYNC", "SQLITE_READONLY"})
  void aDiskThatRefusesForAWhileIsReadAllTheTimeAndWrittenAfterIt(SQLiteErrorCode code) {
    try (Stores stores = open()) {
      write(stores, "before");
      disk.fail("COMMIT", code, When.BEFORE, FOR_EVER).fail("connect", code, When.BEFORE, 3);
      for (int i = 0; i < 10; i++) {
        String name = "refused-" + i;
        assertThatThrownBy(() -> write(stores, name)).isInstanceOf(Unwritable.class);
        assertThat(names(stores)).containsExactly("before");
      }

      disk.heal();

      write(stores, "after");
      assertThat(names(stores)).containsExactly("after", "before");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ROLLBACK", "close"})
  void aTransactionThatCannotEvenBeTakenBackDoesNotStayOpen(String statement) {
    try (Stores stores = open()) {
      disk.fail("COMMIT", SQLiteErrorCode.SQLITE_IOERR, When.BEFORE, 1)
          .fail(statement, SQLiteErrorCode.SQLITE_IOERR, When.BEFORE, 1);
      assertThatThrownBy(() -> write(stores, "refused")).isInstanceOf(Unwritable.class);

      write(stores, "next");
      assertThat(names(stores)).containsExactly("next");
    }
  }

  @Test
  void aCommitOfWhichNobodyKnowsIsNotAcknowledged() {
    try (Stores stores = open()) {
      disk.fail("COMMIT", SQLiteErrorCode.SQLITE_IOERR, When.AFTER, 1);

      assertThatThrownBy(() -> write(stores, "doubtful"))
          .isInstanceOf(Unwritable.class)
          .hasMessageContaining("could not be written");
      assertThat(names(stores)).containsExactly("doubtful");
    }
  }

  @Test
  void anErrorOfTheStatementIsNoErrorOfTheDisk() {
    try (Stores stores = open()) {
      write(stores, "one");
      int connections = disk.connections();

      assertThatThrownBy(() -> write(stores, "one")).isNotInstanceOf(Unwritable.class);
      write(stores, "two");

      assertThat(names(stores)).containsExactly("one", "two");
      assertThat(disk.connections()).as("the connection is kept").isEqualTo(connections);
    }
  }

  @Test
  void aLogThatCannotBeFoldedInLosesNothing() {
    disk.fail("PRAGMA wal_checkpoint", SQLiteErrorCode.SQLITE_IOERR, When.BEFORE, FOR_EVER);
    Stores stores = open();
    write(stores, "one");
    assertThatCode(stores::close).doesNotThrowAnyException();

    try (Stores again = open()) {
      assertThat(names(again)).containsExactly("one");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "BEGIN", "COMMIT"})
  void aDatabaseOnADiskThatNeverWorkedCanBeClosed(String statement) {
    Stores stores = open();
    disk.fail("SAVEPOINT", SQLiteErrorCode.SQLITE_IOERR, When.BEFORE, 1)
        .fail(statement, SQLiteErrorCode.SQLITE_IOERR, When.BEFORE, FOR_EVER);
    assertThatThrownBy(() -> write(stores, "one")).isInstanceOf(Unwritable.class);
    assertThatThrownBy(() -> write(stores, "two")).isInstanceOf(Unwritable.class);

    stores.close();

    assertThatThrownBy(() -> write(stores, "late"))
        .isInstanceOfSatisfying(
            Unwritable.class,
            late -> assertThat(late.reason()).isEqualTo(Unwritable.Reason.CLOSED));
  }

  @Test
  void aDiskThatRefusesAtTheStartIsSaidToRefuse() {
    disk.fail("connect", SQLiteErrorCode.SQLITE_FULL, When.BEFORE, FOR_EVER);

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            Unwritable.class,
            refused -> assertThat(refused.reason()).isEqualTo(Unwritable.Reason.FULL))
        .hasMessageContaining("Free some space");
  }
}
