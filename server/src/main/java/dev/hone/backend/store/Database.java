package dev.hone.backend.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hone.port.Unwritable;
import java.nio.file.Path;
import java.sql.SQLException;
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
public final class Database implements AutoCloseable {

  private static final int READERS = 4;

  private final HikariDataSource readers;
  private final Jdbi reading;
  private final GroupCommit writer;

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
    return writer.write(work);
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }

  static SQLiteDataSource source(Path file, boolean readOnly) {
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
