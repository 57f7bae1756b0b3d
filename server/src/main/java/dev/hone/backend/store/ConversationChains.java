package dev.hone.backend.store;

import dev.hone.experience.Digest;
import dev.hone.port.Check;
import org.jdbi.v3.core.Handle;

/**
 * Interactions follow others of the same space and principal that are there; where a conversation
 * is said to end is where it ends with the answer.
 */
public final class ConversationChains implements Check {

  private final Database database;
  private final MessageCodec codec = new MessageCodec();

  public ConversationChains(Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "conversations";
  }

  @Override
  public Finding examine(boolean fix, Progress progress) {
    Notes notes = new Notes();
    return database.read(
        handle -> {
          orphans(handle, notes);
          ends(handle, notes, progress);
          return notes.finding();
        });
  }

  private static void orphans(Handle handle, Notes notes) {
    notes.examined(
        handle
            .createQuery("SELECT count(*) FROM interaction WHERE parent IS NOT NULL")
            .mapTo(Long.class)
            .one());
    handle
        .createQuery(
            "SELECT i.id, i.parent FROM interaction i WHERE i.parent IS NOT NULL AND NOT EXISTS"
                + " (SELECT 1 FROM interaction p WHERE p.id = i.parent AND p.space = i.space AND"
                + " p.principal = i.principal)")
        .map((set, context) -> set.getString(1) + " follows " + set.getString(2))
        .forEach(what -> notes.wrong("interaction " + what + ", which is not there", false));
  }

  private void ends(Handle handle, Notes notes, Progress progress) {
    long all =
        handle
            .createQuery(
                "SELECT count(*) FROM interaction WHERE answer IS NOT NULL AND answer_chain IS NOT"
                    + " NULL")
            .mapTo(Long.class)
            .one();
    long[] done = new long[1];
    handle
        .createQuery(
            "SELECT i.id, i.chain, i.answer_chain, m.role, m.parts FROM interaction i JOIN message"
                + " m ON m.space = i.space AND m.digest = i.answer WHERE i.answer_chain IS NOT"
                + " NULL")
        .map(
            (set, context) -> {
              notes.examined(1);
              progress.at(++done[0], all);
              Digest answer = codec.message(set.getString(4), set.getString(5)).digest();
              Digest end = new Digest(set.getString(2)).then(answer);
              if (!end.value().equals(set.getString(3))) {
                notes.wrong(
                    "interaction " + set.getString(1) + " ends in another chain than its own",
                    false);
              }
              return end;
            })
        .forEach(end -> {});
  }
}
