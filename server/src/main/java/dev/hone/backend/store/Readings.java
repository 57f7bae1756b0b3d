package dev.hone.backend.store;

import dev.hone.experience.Digest;
import dev.hone.experience.Message;
import dev.hone.port.Check;
import dev.hone.wire.Answers;
import dev.hone.wire.Endpoint;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Answers that an older version reassembled from the journaled bytes read the same today. Put
 * right, the interaction has the new reading: its answer, and the chain of the conversation that
 * ends in it. A reading is never exchanged for none.
 */
public final class Readings implements Check {

  private static final int BATCH = 64;
  private static final String OLDER =
      " FROM interaction i WHERE i.reading < :version AND i.raw IS NOT NULL AND i.status < 400 AND"
          + " i.id > :after";

  private final Database database;
  private final MessageCodec codec = new MessageCodec();

  public Readings(Database database) {
    this.database = database;
  }

  private record Row(
      String id,
      String space,
      String path,
      String state,
      Digest chain,
      byte[] raw,
      boolean stream,
      @Nullable Message answer) {}

  @Override
  public String name() {
    return "answers as read";
  }

  @Override
  public Finding examine(boolean fix, Progress progress) {
    Notes notes = new Notes();
    long all =
        database.read(
            handle ->
                handle
                    .createQuery("SELECT count(*)" + OLDER)
                    .bind("version", Answers.VERSION)
                    .bind("after", "")
                    .mapTo(Long.class)
                    .one());
    long done = 0;
    List<Row> rows = older("");
    while (!rows.isEmpty()) {
      for (Row row : rows) {
        examine(row, fix, notes);
        progress.at(++done, all);
      }
      rows = older(rows.getLast().id);
    }
    return notes.finding();
  }

  private void examine(Row row, boolean fix, Notes notes) {
    notes.examined(1);
    Answers.Reading reading = Answers.read(Endpoint.at(row.path), row.raw, row.stream);
    Optional<Message> now = Optional.ofNullable(reading.answer());
    boolean same = Objects.equals(now.orElse(null), row.answer);
    boolean lost = now.isEmpty() && row.answer != null;
    if (lost) {
      notes.wrong("interaction " + row.id + ": its answer can be read no longer; it stays", false);
    } else if (!same) {
      notes.wrong("interaction " + row.id + ": its answer reads differently", fix);
    }
    if (fix && !lost) {
      database.write(handle -> store(handle, row, now, reading.error()));
    }
  }

  /** An interaction that failed because its answer could not be read is a completed one now. */
  private int store(Handle handle, Row row, Optional<Message> now, boolean error) {
    if (now.isEmpty()) {
      return handle.execute(
          "UPDATE interaction SET reading = ? WHERE id = ?", Answers.VERSION, row.id);
    }
    String answer = codec.put(handle, row.space, now.get()).value();
    Digest said = now.get().digest();
    String state = row.state.equals("FAILED") && !error ? "COMPLETED" : row.state;
    // Its repetitions have no bytes of their own: they said the same.
    handle
        .createQuery("SELECT id, chain FROM interaction WHERE repeats = :id AND space = :space")
        .bind("id", row.id)
        .bind("space", row.space)
        .map((set, context) -> new Chained(set.getString(1), new Digest(set.getString(2))))
        .list()
        .forEach(each -> store(handle, each, answer, said, "COMPLETED"));
    return store(handle, new Chained(row.id, row.chain), answer, said, state);
  }

  private record Chained(String id, Digest chain) {}

  private static int store(
      Handle handle, Chained interaction, String answer, Digest said, String state) {
    return handle.execute(
        "UPDATE interaction SET reading = ?, answer = ?, answer_chain = ?, state = ? WHERE id = ?",
        Answers.VERSION,
        answer,
        interaction.chain.then(said).value(),
        state,
        interaction.id);
  }

  private List<Row> older(String after) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT i.id, i.space, i.path, i.state, i.chain, i.raw, i.raw_stream, (SELECT"
                        + " m.role FROM message m WHERE m.space = i.space AND m.digest = i.answer),"
                        + " (SELECT m.parts FROM message m WHERE m.space = i.space AND m.digest ="
                        + " i.answer)"
                        + OLDER
                        + " ORDER BY i.id LIMIT "
                        + BATCH)
                .bind("version", Answers.VERSION)
                .bind("after", after)
                .map(
                    (set, context) ->
                        new Row(
                            set.getString(1),
                            set.getString(2),
                            set.getString(3),
                            set.getString(4),
                            new Digest(set.getString(5)),
                            set.getBytes(6),
                            set.getBoolean(7),
                            set.getString(8) == null
                                ? null
                                : codec.message(set.getString(8), set.getString(9))))
                .list());
  }
}
