package dev.hone.backend.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
public final class Database implements AutoCloseable {

  private static final int READERS = 4;
  private static final int INCREMENTAL = 2;

  private final HikariDataSource readers;
  private final Jdbi reading;
  private final GroupCommit writer;

  /**
   * Opens the file, makes or migrates its tables.
   *
   * @throws IllegalStateException if the file cannot be opened
   */
  public Database(Path file) {
    SQLiteDataSource source = source(file, false);
    giveBackFreePages(file);
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
    return writer.write(work);
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
  private static void giveBackFreePages(Path file) {
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
    } catch (SQLException e) {
      throw new IllegalStateException("cannot open " + file + ": " + e.getMessage(), e);
    }
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
