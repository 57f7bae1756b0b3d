package dev.hone.backend.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hone.port.Effort;
import dev.hone.port.Unwritable;
import dev.hone.port.WriteLoad;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The embedded database: one SQLite file in write-ahead mode with {@code synchronous=FULL}, so that
 * what is committed survives power loss; one {@linkplain GroupCommit writer}, several readers.
 */
public final class Database implements WriteLoad, Effort, AutoCloseable {

  /** How long is waited for another connection, in milliseconds. */
  static final int BUSY_MILLIS = 10_000;

  private static final int READERS = 4;
  private static final int INCREMENTAL = 2;

  private final HikariDataSource readers;
  private final Jdbi reading;
  private final GroupCommit writer;
  private final ScopedValue<Companion> companion = ScopedValue.newInstance();

  /** Goes with the first write of an action. */
  private static final class Companion {
    final Consumer<Handle> work;
    boolean taken;

    Companion(Consumer<Handle> work) {
      this.work = work;
    }
  }

  /**
   * Opens the file, makes or migrates its tables.
   *
   * @throws Unwritable if the disk refuses
   * @throws IllegalStateException if the file holds other tables
   */
  public Database(Path file) {
    this(file, source(file, false));
  }

  /**
   * @param writing gives the connections that are written through
   */
  Database(Path file, DataSource writing) {
    HikariDataSource opened = null;
    try {
      giveBackFreePages(file);
      Flyway.configure().dataSource(writing).locations("classpath:db/migration").load().migrate();
      opened = readers(file);
      writer = new GroupCommit(writing);
    } catch (SQLException | RuntimeException e) {
      if (opened != null) {
        opened.close();
      }
      if (DiskErrors.in(e).isPresent()) {
        throw DiskErrors.unwritable(e);
      }
      throw new IllegalStateException("cannot open " + file + ": " + e.getMessage(), e);
    }
    readers = opened;
    reading = Jdbi.create(readers);
  }

  private static HikariDataSource readers(Path file) {
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(source(file, true));
    pool.setPoolName("readers");
    pool.setMaximumPoolSize(READERS);
    pool.setMinimumIdle(1);
    pool.setReadOnly(true);
    return new HikariDataSource(pool);
  }

  /** Runs a read. */
  <T> T read(Function<Handle, T> query) {
    try (Handle handle = reading.open()) {
      return query.apply(handle);
    }
  }

  /**
   * Runs a write, alone among writers, together with others in one commit. When this returns, it is
   * durable; when it throws, nothing of it happened, unless the disk is to blame.
   *
   * @throws Unwritable if the disk refuses: whether it was kept is not known then
   */
  <T> T write(Function<Handle, T> work) {
    Companion with = companion.isBound() ? companion.get() : null;
    if (with == null || with.taken) {
      return writer.write(work);
    }
    with.taken = true;
    return writer.write(
        handle -> {
          with.work.accept(handle);
          return work.apply(handle);
        });
  }

  /**
   * Runs an action of this thread whose first write takes other work with it, ahead of its own and
   * in its transaction: both happen or neither does. An action that writes nothing is followed by a
   * write of that work alone.
   */
  void together(Consumer<Handle> work, Runnable action) {
    Companion with = new Companion(work);
    ScopedValue.where(companion, with)
        .run(
            () -> {
              action.run();
              if (!with.taken) {
                write(handle -> true);
              }
            });
  }

  /**
   * Writes the file anew, so that nothing of what was deleted is left in it or in its log.
   *
   * @throws Unwritable if the disk refuses
   */
  void rewrite() {
    writer.rewrite();
  }

  @Override
  public Load load() {
    return writer.load();
  }

  /** {@inheritDoc} Its writes, and its share of what committing them costs. */
  @Override
  public long nanos() {
    return writer.nanos();
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }

  /**
   * Lets free pages be given back a few at a time. SQLite takes this up in an empty file only, or
   * when the file is written anew.
   */
  private static void giveBackFreePages(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      try (ResultSet now = statement.executeQuery("PRAGMA auto_vacuum")) {
        if (now.next() && now.getInt(1) == INCREMENTAL) {
          return;
        }
      }
      statement.execute("PRAGMA secure_delete = ON");
      statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
      statement.execute("VACUUM");
    }
  }

  static SQLiteDataSource source(Path file, boolean readOnly) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(-16_384);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "ON");
    config.setReadOnly(readOnly);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }
}
