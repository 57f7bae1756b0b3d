package dev.hone.backend.store;

import dev.hone.port.Spaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The spaces in SQL, all of them in memory too: every request asks for its own. */
public final class SqlSpaces implements Spaces {

  private final Database database;
  private final InstantSource clock;
  private final ConcurrentSkipListMap<String, Space> known = new ConcurrentSkipListMap<>();

  public SqlSpaces(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    database
        .read(
            handle ->
                handle
                    .createQuery("SELECT name, learning FROM space")
                    .map((set, context) -> space(set))
                    .list())
        .forEach(space -> known.put(space.name(), space));
  }

  @Override
  public Optional<Space> space(String name) {
    return Optional.ofNullable(known.get(name));
  }

  @Override
  public List<Space> list() {
    return List.copyOf(known.values());
  }

  @Override
  public boolean create(Space space) {
    boolean created =
        database.write(
            handle ->
                handle.execute(
                        "INSERT INTO space VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING",
                        space.name(),
                        space.learning().name(),
                        clock.millis(),
                        clock.millis())
                    == 1);
    if (created) {
      known.put(space.name(), space);
    }
    return created;
  }

  @Override
  public boolean change(String name, LearningMode from, LearningMode to) {
    boolean changed =
        database.write(
            handle ->
                handle.execute(
                        "UPDATE space SET learning = ? WHERE name = ? AND learning = ?",
                        to.name(),
                        name,
                        from.name())
                    == 1);
    if (changed) {
      known.put(name, new Space(name, to));
    }
    return changed;
  }

  @Override
  public Refined refined(String space) {
    return database
        .read(
            handle ->
                handle
                    .createQuery("SELECT refined_at, refined_size FROM space WHERE name = :name")
                    .bind("name", space)
                    .map(
                        (set, context) ->
                            new Refined(Instant.ofEpochMilli(set.getLong(1)), set.getInt(2)))
                    .findOne())
        .orElseThrow(() -> new IllegalArgumentException("there is no space " + space));
  }

  @Override
  public void refined(String space, Refined refined) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE space SET refined_at = ?, refined_size = ? WHERE name = ?",
                refined.at().toEpochMilli(),
                refined.size(),
                space));
  }

  private static Space space(ResultSet set) throws SQLException {
    return new Space(set.getString(1), LearningMode.valueOf(set.getString(2)));
  }
}
