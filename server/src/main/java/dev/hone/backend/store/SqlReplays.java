package dev.hone.backend.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.port.Replays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The answers in SQL. */
public final class SqlReplays implements Replays {

  private final Database database;
  private final ObjectMapper json = new ObjectMapper();

  public SqlReplays(Database database) {
    this.database = database;
  }

  /** Undoes a write whose answer was there already. */
  private static final class Answered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Kept kept;

    Answered(Kept kept) {
      super("answered before", null, false, false);
      this.kept = kept;
    }
  }

  @Override
  public Optional<Kept> kept(Key key, Instant since) {
    return database.read(handle -> kept(handle, key, since));
  }

  private Optional<Kept> kept(Handle handle, Key key, Instant since) {
    return handle
        .createQuery(
            "SELECT * FROM replay WHERE principal = :principal AND name = :name AND at >= :since")
        .bind("principal", key.principal())
        .bind("name", key.name())
        .bind("since", since.toEpochMilli())
        .map((set, context) -> kept(set))
        .findOne();
  }

  @Override
  public Optional<Kept> once(Key key, Kept answer, Instant now, Instant since, Runnable effect) {
    try {
      database.together(handle -> write(handle, key, answer, now, since), effect);
      return Optional.empty();
    } catch (Answered e) {
      return Optional.of(e.kept);
    }
  }

  private void write(Handle handle, Key key, Kept answer, Instant now, Instant since) {
    handle.execute("DELETE FROM replay WHERE at < ?", since.toEpochMilli());
    kept(handle, key, since)
        .ifPresent(
            kept -> {
              throw new Answered(kept);
            });
    handle.execute(
        "INSERT INTO replay VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        key.principal(),
        key.name(),
        answer.space(),
        answer.fingerprint(),
        answer.status(),
        written(answer.headers()),
        answer.body(),
        now.toEpochMilli());
  }

  private Kept kept(ResultSet set) throws SQLException {
    return new Kept(
        set.getString("space"),
        set.getString("fingerprint"),
        set.getInt("status"),
        read(set.getString("headers")),
        set.getBytes("body"));
  }

  private String written(Map<String, String> headers) {
    try {
      return json.writeValueAsString(headers);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("headers can be written as JSON", e);
    }
  }

  private Map<String, String> read(String headers) {
    try {
      return json.readValue(headers, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("headers are kept as JSON", e);
    }
  }
}
