package dev.hone.backend.store;

import dev.hone.port.Retention;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Retention in SQL. A step lets go of a few interactions in one write; when none is left, it gives
 * a few free pages back to the file system.
 */
public final class SqlRetention implements Retention {

  /** Bounds of one write. */
  private static final int MOST_INTERACTIONS = 32;

  private static final long MOST_BYTES = 4L << 20;
  private static final int MOST_PAGES = 256;

  /** Learned from, set aside, or never to be learned from; and no younger than the rest. */
  private static final String DONE =
      "(i.state IN ('INTERRUPTED', 'FAILED') OR (i.state = 'COMPLETED' AND i.answer IS NULL) OR"
          + " (i.state = 'COMPLETED' AND EXISTS (SELECT 1 FROM episode e WHERE e.id = i.episode AND"
          + " e.state IN ('LEARNED', 'FAILED') AND e.last_at < :before)))";

  /** Waits, but in no episode that still gathers. */
  private static final String WAITING =
      "i.state = 'COMPLETED' AND i.answer IS NOT NULL AND NOT EXISTS (SELECT 1 FROM episode e WHERE"
          + " e.id = i.episode AND e.state <> 'CLOSED')";

  private static final String UNLEARNED_NOTE =
      "its words were let go before it was learned from: the journal is far over its size";

  private final Database database;

  public SqlRetention(Database database) {
    this.database = database;
  }

  /** An interaction to be let go. */
  private record Row(
      String id,
      String space,
      String conversation,
      Optional<String> answer,
      String parameters,
      Optional<String> episode,
      long bytes) {}

  @Override
  public Step step(Limits limits, Instant now) {
    List<Row> old =
        limits.keep().equals(Duration.ZERO)
            ? List.of()
            : oldest(DONE, now.minus(limits.keep()).toEpochMilli());
    if (!old.isEmpty()) {
      return new Step(expire(old), 0, 0);
    }
    long size = limits.size() == 0 ? 0 : size();
    if (size > limits.size()) {
      List<Row> large = oldest(DONE, now.toEpochMilli() + 1);
      if (!large.isEmpty()) {
        return new Step(expire(large), 0, 0);
      }
    }
    if (size > Limits.HARD * limits.size()) {
      List<Row> unlearned = oldest(WAITING, now.toEpochMilli() + 1);
      if (!unlearned.isEmpty()) {
        return new Step(0, expire(unlearned), 0);
      }
    }
    return new Step(0, 0, giveBack());
  }

  @Override
  public long size() {
    return database.read(
        handle ->
            (number(handle, "PRAGMA page_count") - number(handle, "PRAGMA freelist_count"))
                * number(handle, "PRAGMA page_size"));
  }

  private static long number(Handle handle, String query) {
    return handle.createQuery(query).mapTo(Long.class).one();
  }

  private List<Row> oldest(String which, long before) {
    List<Row> rows =
        database.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT i.id, i.space, i.conversation, i.answer, i.parameters, i.episode,"
                            + " coalesce(length(i.raw), 0) FROM interaction i WHERE i.state <>"
                            + " 'EXPIRED' AND i.opened_at < :before AND "
                            + which
                            + " ORDER BY i.opened_at, i.id LIMIT :limit")
                    .bind("before", before)
                    .bind("limit", MOST_INTERACTIONS)
                    .map(
                        (set, context) ->
                            new Row(
                                set.getString(1),
                                set.getString(2),
                                set.getString(3),
                                Optional.ofNullable(set.getString(4)),
                                set.getString(5),
                                Optional.ofNullable(set.getString(6)),
                                set.getLong(7)))
                    .list());
    List<Row> few = new ArrayList<>();
    long bytes = 0;
    for (Row row : rows) {
      bytes += row.bytes;
      if (!few.isEmpty() && bytes > MOST_BYTES) {
        break;
      }
      few.add(row);
    }
    return few;
  }

  private int expire(List<Row> rows) {
    return database.write(
        handle -> {
          rows.forEach(row -> expire(handle, row));
          return rows.size();
        });
  }

  private static void expire(Handle handle, Row row) {
    Set<String> messages =
        new LinkedHashSet<>(
            handle
                .createQuery("SELECT digest FROM interaction_message WHERE interaction = :id")
                .bind("id", row.id)
                .mapTo(String.class)
                .list());
    row.answer.ifPresent(messages::add);
    handle.execute("DELETE FROM interaction_message WHERE interaction = ?", row.id);
    handle.execute(
        "UPDATE interaction SET state = 'EXPIRED', answer = NULL, raw = NULL WHERE id = ?", row.id);
    messages.forEach(digest -> forgetMessage(handle, row.space, digest));
    handle
        .createUpdate(
            "DELETE FROM parameters WHERE space = :space AND digest = :digest AND NOT EXISTS"
                + " (SELECT 1 FROM interaction WHERE parameters = :digest AND space = :space AND"
                + " state <> 'EXPIRED')")
        .bind("space", row.space)
        .bind("digest", row.parameters)
        .execute();
    // The measure stays, the words go; a correction said that the answer was wrong.
    handle.execute(
        "UPDATE outcome SET value = CASE WHEN value IS NULL AND correction IS NOT NULL THEN 0 ELSE"
            + " value END, correction = NULL, comment = NULL WHERE interaction = ?",
        row.id);
    row.episode.ifPresent(
        episode ->
            handle.execute(
                "UPDATE episode SET raw = NULL, note = CASE state WHEN 'CLOSED' THEN ? ELSE note"
                    + " END, state = CASE state WHEN 'CLOSED' THEN 'LEARNED' ELSE state END WHERE"
                    + " id = ?",
                UNLEARNED_NOTE,
                episode));
    forgetConversation(handle, row);
  }

  static void forgetMessage(Handle handle, String space, String digest) {
    handle
        .createUpdate(
            "DELETE FROM message WHERE space = :space AND digest = :digest AND NOT EXISTS (SELECT 1"
                + " FROM interaction WHERE answer = :digest AND space = :space) AND NOT EXISTS"
                + " (SELECT 1 FROM interaction_message m JOIN interaction i ON i.id ="
                + " m.interaction WHERE m.digest = :digest AND i.space = :space)")
        .bind("space", space)
        .bind("digest", digest)
        .execute();
  }

  /** With its last interaction, a conversation is no longer recognised. */
  private static void forgetConversation(Handle handle, Row row) {
    boolean goesOn =
        handle
            .createQuery(
                "SELECT EXISTS (SELECT 1 FROM interaction WHERE space = :space AND conversation ="
                    + " :conversation AND state <> 'EXPIRED')")
            .bind("space", row.space)
            .bind("conversation", row.conversation)
            .mapTo(Boolean.class)
            .one();
    if (!goesOn) {
      handle.execute(
          "DELETE FROM anchor WHERE space = ? AND conversation = ?", row.space, row.conversation);
      handle.execute(
          "UPDATE interaction SET answer_chain = NULL WHERE space = ? AND conversation = ?",
          row.space,
          row.conversation);
    }
  }

  private long giveBack() {
    if (database.<Long>read(handle -> number(handle, "PRAGMA freelist_count")) < MOST_PAGES) {
      return 0;
    }
    return database.write(
        handle -> {
          long before = number(handle, "PRAGMA page_count");
          vacuum(handle);
          return (before - number(handle, "PRAGMA page_count"))
              * number(handle, "PRAGMA page_size");
        });
  }

  /** Run as an update: as a query, it stops after the first page. */
  private static void vacuum(Handle handle) {
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.executeUpdate("PRAGMA incremental_vacuum(" + MOST_PAGES + ")");
    } catch (SQLException e) {
      throw new IllegalStateException("free pages cannot be given back: " + e.getMessage(), e);
    }
  }
}
