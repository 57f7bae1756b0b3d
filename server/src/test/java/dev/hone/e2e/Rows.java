package dev.hone.e2e;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every row of every table of a data folder, but for the times at which something was read. */
record Rows(Map<String, List<String>> tables) {

  static Rows of(Path data) throws SQLException {
    Map<String, List<String>> tables = new TreeMap<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("hone.db"));
        Statement statement = connection.createStatement()) {
      for (String table :
          read(statement, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
        tables.put(table, read(statement, "SELECT * FROM " + table));
      }
    }
    return new Rows(tables);
  }

  List<String> of(String table) {
    return tables.getOrDefault(table, List.of());
  }

  private static List<String> read(Statement statement, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet set = statement.executeQuery(query)) {
      int columns = set.getMetaData().getColumnCount();
      while (set.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          row.add(String.valueOf(set.getString(column)));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows.stream().sorted().toList();
  }
}
