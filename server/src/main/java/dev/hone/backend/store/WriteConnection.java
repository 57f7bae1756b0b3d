package dev.hone.backend.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one connection that everything is written through; after an error it is given up. */
final class WriteConnection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WriteConnection.class);

  private final Connection connection;
  private final Statement statement;
  private final Handle handle;

  private WriteConnection(Connection connection, Statement statement) {
    this.connection = connection;
    this.statement = statement;
    this.handle = Jdbi.open(connection);
  }

  static WriteConnection open(DataSource source) throws SQLException {
    Connection connection = source.getConnection();
    boolean opened = false;
    try {
      Statement statement = connection.createStatement();
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      WriteConnection ready = new WriteConnection(connection, statement);
      opened = true;
      return ready;
    } finally {
      if (!opened) {
        connection.close();
      }
    }
  }

  Handle handle() {
    return handle;
  }

  void execute(String sql) throws SQLException {
    statement.execute(sql);
  }

  /** Takes back a transaction that is under way, then closes. */
  void abandon() {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      LOG.debug("nothing to roll back: {}", e.getMessage());
    }
    close();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.warn("a connection to the database was not closed in order: {}", e.getMessage());
    }
  }
}
