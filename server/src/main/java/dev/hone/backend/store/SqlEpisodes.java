package dev.hone.backend.store;

import dev.hone.experience.Episode;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Interaction;
import dev.hone.port.Episodes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The episodes in SQL. */
public final class SqlEpisodes implements Episodes {

  /** A pause in milliseconds, given the first, doubled with each attempt, at most an hour. */
  static final String PAUSE = "min(3600000, ? << min(attempts, 20))";

  private static final String OF_EPISODE =
      "episode = :value AND space = (SELECT e.space FROM episode e WHERE e.id = :value)";

  private final Database database;
  private final Interactions interactions = new Interactions();

  public SqlEpisodes(Database database) {
    this.database = database;
  }

  @Override
  public List<Interaction> unbuffered(int limit) {
    return database.read(
        handle ->
            interactions.where(handle, Waiting.UNBUFFERED + " ORDER BY id LIMIT :value", limit));
  }

  @Override
  public void put(List<Place> places) {
    database.write(
        handle -> {
          places.forEach(place -> Placing.put(handle, place));
          return places.size();
        });
  }

  @Override
  public List<Taken> taken(String space, String episode) {
    return database.read(
        handle -> {
          Map<String, String> repeats = new HashMap<>();
          handle
              .createQuery(
                  "SELECT id, repeats FROM interaction WHERE episode = :episode AND repeats IS NOT"
                      + " NULL")
              .bind("episode", episode)
              .map((set, context) -> Map.entry(set.getString(1), set.getString(2)))
              .forEach(entry -> repeats.put(entry.getKey(), entry.getValue()));
          return interactions.where(handle, OF_EPISODE + " ORDER BY id", episode).stream()
              .filter(each -> each.scope().space().equals(space))
              .map(each -> new Taken(each, repeats.get(each.id())))
              .toList();
        });
  }

  @Override
  public List<Summary> open() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM episode WHERE state = 'OPEN' ORDER BY id")
                .map((set, context) -> summary(set))
                .list());
  }

  @Override
  public Map<String, Instant> judged() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT id, judged_at FROM episode WHERE state = 'OPEN' AND judged_at IS NOT"
                        + " NULL")
                .map(
                    (set, context) ->
                        Map.entry(set.getString(1), Instant.ofEpochMilli(set.getLong(2))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Override
  public void close(List<String> episodes, Instant now) {
    database.write(
        handle -> {
          int closed = 0;
          for (String episode : episodes) {
            closed +=
                handle.execute(
                    "UPDATE episode SET state = 'CLOSED', due_at = ? WHERE id = ? AND state ="
                        + " 'OPEN'",
                    now.toEpochMilli(),
                    episode);
          }
          return closed;
        });
  }

  @Override
  public Optional<Episode> due(Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM episode WHERE state = 'CLOSED' AND due_at <= :now ORDER BY"
                        + " due_at, id LIMIT 1")
                .bind("now", now.toEpochMilli())
                .map((set, context) -> summary(set))
                .findOne()
                .map(summary -> whole(handle, summary)));
  }

  private Episode whole(Handle handle, Summary summary) {
    return new Episode(
        summary.id(),
        summary.revision(),
        summary.space(),
        summary.principal(),
        interactions.where(handle, OF_EPISODE + " AND repeats IS NULL ORDER BY id", summary.id()));
  }

  @Override
  public Optional<Instant> waitingSince(Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery(Waiting.SINCE)
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
  }

  @Override
  public int backlog(@Nullable String space) {
    return database.read(
        handle ->
            handle.createQuery(Waiting.BACKLOG).bind("space", space).mapTo(Integer.class).one());
  }

  @Override
  public boolean learnedUntil(String space, Instant until) {
    return database.read(
        handle ->
            handle
                .createQuery(Waiting.LEARNED_UNTIL)
                .bind("space", space)
                .bind("until", until.toEpochMilli())
                .mapTo(Boolean.class)
                .one());
  }

  @Override
  public void nothingLearned(Episode episode, String why) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE episode SET state = 'LEARNED', note = ? WHERE id = ? AND space = ? AND"
                    + " revision = ? AND (state = 'CLOSED' OR (state = 'LEARNED' AND note IS"
                    + " NULL))",
                why,
                episode.id(),
                episode.space(),
                episode.revision()));
  }

  @Override
  public void postpone(Episode episode, String why, Instant now, Duration after) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE episode SET due_at = ? + "
                    + PAUSE
                    + ", attempts = attempts + 1, note = ? WHERE id = ? AND space = ? AND revision"
                    + " = ? AND state = 'CLOSED'",
                now.toEpochMilli(),
                after.toMillis(),
                why,
                episode.id(),
                episode.space(),
                episode.revision()));
  }

  @Override
  public void defer(String space, String why, Instant until) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE episode SET due_at = ?, note = ? WHERE space = ? AND state = 'CLOSED' AND"
                    + " due_at <= ?",
                until.toEpochMilli() + 1,
                why,
                space,
                until.toEpochMilli()));
  }

  @Override
  public void broke(Episode episode, String why, Instant now, Duration after, int most) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE episode SET due_at = ? + "
                    + PAUSE
                    + ", attempts = attempts + 1, failures = failures + 1, note = ?, state = CASE"
                    + " WHEN failures + 1 >= ? THEN 'FAILED' ELSE state END WHERE id = ? AND space"
                    + " = ? AND revision = ? AND state = 'CLOSED'",
                now.toEpochMilli(),
                after.toMillis(),
                why,
                most,
                episode.id(),
                episode.space(),
                episode.revision()));
  }

  @Override
  public Optional<Integer> again(String space, String id) {
    return database.write(
        handle ->
            handle
                .createQuery(
                    "UPDATE episode SET revision = revision + 1, state = 'CLOSED', due_at = 0,"
                        + " attempts = 0, failures = 0, note = NULL, raw = NULL WHERE space ="
                        + " :space AND id = :id AND state <> 'OPEN' AND NOT EXISTS (SELECT 1 FROM"
                        + " interaction i WHERE i.episode = episode.id AND i.state = 'EXPIRED')"
                        + " RETURNING revision")
                .bind("space", space)
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne());
  }

  @Override
  public void fail(Episode episode, String why, String raw) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE episode SET state = 'FAILED', note = ?, raw = ? WHERE id = ? AND space = ?"
                    + " AND revision = ? AND state = 'CLOSED'",
                why,
                raw,
                episode.id(),
                episode.space(),
                episode.revision()));
  }

  @Override
  public List<Summary> failed(String space, @Nullable String before, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM episode WHERE state = 'FAILED' AND space = :space AND id <"
                        + " :before ORDER BY id DESC LIMIT :limit")
                .bind("space", space)
                .bind("before", before == null ? "~" : before)
                .bind("limit", limit)
                .map((set, context) -> summary(set))
                .list());
  }

  @Override
  public boolean retry(String space, String id) {
    return database.write(
        handle ->
            handle.execute(
                    "UPDATE episode SET state = 'CLOSED', due_at = 0, attempts = 0, failures = 0,"
                        + " note = NULL, raw = NULL WHERE id = ? AND space = ? AND state ="
                        + " 'FAILED' AND NOT EXISTS (SELECT 1 FROM interaction i WHERE i.episode ="
                        + " episode.id AND i.state = 'EXPIRED')",
                    id,
                    space)
                == 1);
  }

  @Override
  public boolean drop(String space, String id, String why) {
    return database.write(
        handle ->
            handle.execute(
                    "UPDATE episode SET state = 'LEARNED', note = ?, raw = NULL WHERE id = ? AND"
                        + " space = ? AND state = 'FAILED'",
                    why,
                    id,
                    space)
                == 1);
  }

  @Override
  public Optional<Episode> episode(String space, String id) {
    return database.read(
        handle -> summary(handle, space, id).map(summary -> whole(handle, summary)));
  }

  @Override
  public Optional<Summary> summary(String space, String id) {
    return database.read(handle -> summary(handle, space, id));
  }

  private static Optional<Summary> summary(Handle handle, String space, String id) {
    return handle
        .createQuery("SELECT * FROM episode WHERE id = :id AND space = :space")
        .bind("id", id)
        .bind("space", space)
        .map((set, context) -> summary(set))
        .findOne();
  }

  @Override
  public Counts counts(String space) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT (SELECT count(*) FROM interaction WHERE space = :space), (SELECT"
                        + " count(*) FROM episode WHERE space = :space), (SELECT count(*) FROM"
                        + " episode WHERE space = :space AND state = 'FAILED')")
                .bind("space", space)
                .map((set, context) -> new Counts(set.getInt(1), set.getInt(2), set.getInt(3)))
                .one());
  }

  @Override
  public List<Summary> list(
      String space,
      String principal,
      @Nullable EpisodeState state,
      @Nullable String before,
      int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM episode WHERE space = :space AND principal = :principal AND id <"
                        + " :before AND (:state IS NULL OR state = :state) ORDER BY id DESC LIMIT"
                        + " :limit")
                .bind("before", before == null ? "~" : before)
                .bind("space", space)
                .bind("principal", principal)
                .bind("state", state == null ? null : state.name())
                .bind("limit", limit)
                .map((set, context) -> summary(set))
                .list());
  }

  private static Summary summary(ResultSet set) throws SQLException {
    return new Summary(
        set.getString("id"),
        set.getString("space"),
        set.getString("principal"),
        set.getInt("revision"),
        EpisodeState.valueOf(set.getString("state")),
        set.getInt("size"),
        set.getInt("repetitions"),
        set.getInt("tokens"),
        Instant.ofEpochMilli(set.getLong("last_at")),
        set.getInt("attempts"),
        set.getString("note"),
        set.getString("raw"));
  }
}
