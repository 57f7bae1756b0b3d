package dev.hone.backend.store;

import dev.hone.port.Check;
import java.util.List;

/** No interaction is open while no server runs; one that is was interrupted. */
public final class Unfinished implements Check {

  private final Database database;

  public Unfinished(Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "unfinished interactions";
  }

  @Override
  public Finding examine(boolean fix, Progress progress) {
    List<String> open =
        database.read(
            handle ->
                handle
                    .createQuery("SELECT id FROM interaction WHERE state = 'OPENED' ORDER BY id")
                    .mapTo(String.class)
                    .list());
    if (fix) {
      new SqlJournal(database).interruptUnfinished();
    }
    Notes notes = new Notes();
    notes.examined(open.size());
    open.forEach(id -> notes.wrong("interaction " + id + " was never completed", fix));
    return notes.finding();
  }
}
