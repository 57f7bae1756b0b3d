package dev.hone.backend.store;

import dev.hone.port.Spaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The spaces in SQL. */
public final class SqlSpaces implements Spaces {

  private final Database database;
  private final InstantSource clock;

  public SqlSpaces(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<Space> space(String name) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT name, learning FROM space WHERE name = :name")
                .bind("name", name)
                .map((set, context) -> space(set))
                .findOne());
  }

  @Override
  public List<Space> list() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT name, learning FROM space ORDER BY name")
                .map((set, context) -> space(set))
                .list());
  }

  @Override
  public boolean create(Space space) {
    return database.write(
        handle ->
            handle.execute(
                    "INSERT INTO space VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    space.name(),
                    space.learning().name(),
                    clock.millis())
                == 1);
  }

  private static Space space(ResultSet set) throws SQLException {
    return new Space(set.getString(1), LearningMode.valueOf(set.getString(2)));
  }
}
