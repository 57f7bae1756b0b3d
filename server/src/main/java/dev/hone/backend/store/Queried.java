package dev.hone.backend.store;

import dev.hone.port.Check;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A check that asks the database for what is wrong. */
abstract class Queried implements Check {

  /**
   * A question.
   *
   * @param all counts what is looked at
   * @param wrong selects, in one column, what is wrong, in words
   */
  record Question(String all, String wrong) {}

  private final Database database;
  private final String name;
  private final List<Question> questions;

  Queried(Database database, String name, List<Question> questions) {
    this.database = database;
    this.name = name;
    this.questions = questions;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Finding examine(boolean fix, Progress progress) {
    return database.read(
        handle -> {
          Notes notes = new Notes();
          long done = 0;
          for (Question question : questions) {
            ask(handle, question, notes);
            progress.at(++done, questions.size());
          }
          return notes.finding();
        });
  }

  private static void ask(Handle handle, Question question, Notes notes) {
    notes.examined(handle.createQuery(question.all).mapTo(Long.class).one());
    handle
        .createQuery(question.wrong)
        .mapTo(String.class)
        .forEach(what -> notes.wrong(what, false));
  }
}
