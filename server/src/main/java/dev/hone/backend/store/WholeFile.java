package dev.hone.backend.store;

import dev.hone.port.Check;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The database file is whole, as SQLite's own check sees it. Asked before it is opened for use. */
public final class WholeFile implements Check {

  private final Path file;

  public WholeFile(Path file) {
    this.file = file;
  }

  @Override
  public String name() {
    return "database file";
  }

  @Override
  public Finding examine(boolean fix, Progress progress) {
    Notes notes = new Notes();
    notes.examined(1);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet problems = statement.executeQuery("PRAGMA integrity_check(1)")) {
      while (problems.next()) {
        if (!problems.getString(1).equals("ok")) {
          notes.wrong(problems.getString(1), false);
        }
      }
    } catch (SQLException e) {
      notes.wrong(String.valueOf(e.getMessage()), false);
    }
    return notes.finding();
  }
}
