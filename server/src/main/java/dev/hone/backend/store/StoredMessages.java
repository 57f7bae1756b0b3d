package dev.hone.backend.store;

import dev.hone.experience.Digest;
import dev.hone.port.Check;
import org.jdbi.v3.core.Handle;

/** Every message is what its digest says, and every digest that an interaction names is there. */
public final class StoredMessages implements Check {

  private static final String NAMED =
      "SELECT i.id, i.space, i.answer AS digest FROM interaction i WHERE i.answer IS NOT NULL UNION"
          + " ALL SELECT i.id, i.space, m.digest FROM interaction_message m JOIN interaction i ON"
          + " i.id = m.interaction";

  private final Database database;

  public StoredMessages(Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "messages";
  }

  @Override
  public Finding examine(boolean fix, Progress progress) {
    Notes notes = new Notes();
    return database.read(
        handle -> {
          altered(handle, notes, progress);
          missing(handle, notes);
          return notes.finding();
        });
  }

  private static void altered(Handle handle, Notes notes, Progress progress) {
    long all = handle.createQuery("SELECT count(*) FROM message").mapTo(Long.class).one();
    long[] done = new long[1];
    handle
        .createQuery("SELECT space, digest, role, parts FROM message")
        .map(
            (set, context) -> {
              notes.examined(1);
              progress.at(++done[0], all);
              String digest = set.getString(2);
              if (!Digest.of(set.getString(3), set.getString(4)).value().equals(digest)) {
                notes.wrong("message " + digest + " is not what it was", false);
              }
              return digest;
            })
        .forEach(digest -> {});
  }

  private static void missing(Handle handle, Notes notes) {
    notes.examined(
        handle.createQuery("SELECT count(*) FROM (" + NAMED + ")").mapTo(Long.class).one());
    handle
        .createQuery(
            "SELECT n.id, n.digest FROM ("
                + NAMED
                + ") n WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.space = n.space AND"
                + " m.digest = n.digest)")
        .map((set, context) -> set.getString(1) + " lacks message " + set.getString(2))
        .forEach(what -> notes.wrong("interaction " + what, false));
  }
}
