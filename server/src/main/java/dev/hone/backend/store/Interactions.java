package dev.hone.backend.store;

import dev.hone.experience.Interaction;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Message;
import dev.hone.experience.Outcome;
import dev.hone.experience.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads interactions with their messages and outcomes. */
final class Interactions {

  private final MessageCodec codec = new MessageCodec();

  private record Row(
      String id,
      Scope scope,
      String conversation,
      @Nullable String parent,
      InteractionState state,
      String model,
      Instant openedAt,
      @Nullable String answer,
      @Nullable String episode) {}

  Optional<Interaction> one(Handle handle, String space, String id) {
    return handle
        .createQuery("SELECT * FROM interaction WHERE id = :id AND space = :space")
        .bind("id", id)
        .bind("space", space)
        .map((rows, context) -> row(rows))
        .findOne()
        .map(row -> complete(handle, row));
  }

  /** Interactions that satisfy a condition over the table, with one bound value at most. */
  List<Interaction> where(Handle handle, String condition, @Nullable Object value) {
    var query = handle.createQuery("SELECT * FROM interaction WHERE " + condition);
    if (value != null) {
      query.bind("value", value);
    }
    List<Row> rows = query.map((set, context) -> row(set)).list();
    return rows.stream().map(row -> complete(handle, row)).toList();
  }

  private Interaction complete(Handle handle, Row row) {
    String space = row.scope.space();
    List<Message> messages =
        handle
            .createQuery(
                "SELECT m.role, m.parts FROM interaction_message i JOIN message m ON m.space ="
                    + " :space AND m.digest = i.digest WHERE i.interaction = :id ORDER BY"
                    + " i.position")
            .bind("space", space)
            .bind("id", row.id)
            .map((set, context) -> codec.message(set.getString(1), set.getString(2)))
            .list();
    Message answer =
        row.answer == null
            ? null
            : handle
                .createQuery(
                    "SELECT role, parts FROM message WHERE space = :space AND digest = :digest")
                .bind("space", space)
                .bind("digest", row.answer)
                .map((set, context) -> codec.message(set.getString(1), set.getString(2)))
                .findOne()
                .orElse(null);
    List<Outcome> outcomes =
        handle
            .createQuery(
                "SELECT * FROM outcome WHERE interaction = :id AND space = :space ORDER BY at, id")
            .bind("id", row.id)
            .bind("space", space)
            .map((set, context) -> outcome(set))
            .list();
    return new Interaction(
        row.id,
        row.scope,
        row.conversation,
        row.parent,
        row.state,
        row.model,
        messages,
        answer,
        outcomes,
        row.openedAt,
        row.episode);
  }

  private static Row row(ResultSet set) throws SQLException {
    return new Row(
        set.getString("id"),
        new Scope(
            set.getString("space"),
            set.getString("principal"),
            set.getString("end_user"),
            set.getString("session"),
            set.getString("agent")),
        set.getString("conversation"),
        set.getString("parent"),
        InteractionState.valueOf(set.getString("state")),
        set.getString("model"),
        Instant.ofEpochMilli(set.getLong("opened_at")),
        set.getString("answer"),
        set.getString("episode"));
  }

  private static Outcome outcome(ResultSet set) throws SQLException {
    double measure = set.getDouble("value");
    Double value = set.wasNull() ? null : measure;
    return new Outcome(
        set.getString("id"),
        set.getString("interaction"),
        set.getString("metric"),
        value,
        set.getString("correction"),
        set.getString("comment"),
        set.getString("principal"),
        Instant.ofEpochMilli(set.getLong("at")));
  }
}
