package dev.hone.backend.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hone.port.WriteLoad;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The embedded database: one SQLite file in write-ahead mode with {@code synchronous=FULL}, so that
 * what is committed survives power loss; one {@linkplain GroupCommit writer}, several readers.
 */
public final class Database implements WriteLoad, AutoCloseable {

  private static final int READERS = 4;

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
   * @throws IllegalStateException if the file cannot be opened
   */
  public Database(Path file) {
    SQLiteDataSource source = source(file, false);
    Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(source(file, true));
    pool.setPoolName("readers");
    pool.setMaximumPoolSize(READERS);
    pool.setMinimumIdle(1);
    pool.setReadOnly(true);
    readers = new HikariDataSource(pool);
    reading = Jdbi.create(readers);
    try {
      writer = new GroupCommit(source.getConnection(), checkpointing(file));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot open " + file + ": " + e.getMessage(), e);
    }
  }

  /** Runs a read. */
  <T> T read(Function<Handle, T> query) {
    try (Handle handle = reading.open()) {
      return query.apply(handle);
    }
  }

  /**
   * Runs a write, alone among writers, together with others in one commit. When this returns, it is
   * durable; when it throws, nothing of it happened.
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

  @Override
  public Load load() {
    return writer.load();
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }

  private static Connection checkpointing(Path file) throws SQLException {
    return source(file, false).getConnection();
  }

  private static SQLiteDataSource source(Path file, boolean readOnly) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(10_000);
    config.setCacheSize(-16_384);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "ON");
    config.setReadOnly(readOnly);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }
}
