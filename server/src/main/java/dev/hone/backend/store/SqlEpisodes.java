package dev.hone.backend.store;

import dev.hone.experience.Episode;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Interaction;
import dev.hone.port.Episodes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The episodes in SQL. */
public final class SqlEpisodes implements Episodes {

  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** Interactions to be learned from that are in no episode yet. */
  private static final String UNBUFFERED =
      "state = 'COMPLETED' AND episode IS NULL AND answer IS NOT NULL";

  private final Database database;
  private final Interactions interactions = new Interactions();

  public SqlEpisodes(Database database) {
    this.database = database;
  }

  @Override
  public List<Interaction> unbuffered(int limit) {
    return database.read(
        handle -> interactions.where(handle, UNBUFFERED + " ORDER BY id LIMIT :value", limit));
  }

  @Override
  public void put(List<Place> places) {
    database.write(
        handle -> {
          places.forEach(place -> put(handle, place.episode(), place.interaction()));
          return places.size();
        });
  }

  private static void put(Handle handle, String episode, Interaction interaction) {
    int taken =
        handle.execute(
            "UPDATE interaction SET episode = ? WHERE id = ? AND space = ? AND episode IS NULL AND"
                + " state <> 'FORGOTTEN' AND NOT EXISTS (SELECT 1 FROM episode e WHERE e.id = ? AND"
                + " e.space <> ?)",
            episode,
            interaction.id(),
            interaction.scope().space(),
            episode,
            interaction.scope().space());
    if (taken == 1) {
      handle.execute(
          "INSERT INTO episode (id, space, principal, revision, state, size, last_at, due_at,"
              + " attempts) VALUES (?, ?, ?, 1, 'OPEN', 1, ?, 0, 0) ON CONFLICT (id) DO UPDATE SET"
              + " size = size + 1, last_at = max(last_at, excluded.last_at)",
          episode,
          interaction.scope().space(),
          interaction.scope().principal(),
          interaction.openedAt().toEpochMilli());
    }
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
  public void close(List<String> episodes) {
    database.write(
        handle -> {
          int closed = 0;
          for (String episode : episodes) {
            closed +=
                handle.execute(
                    "UPDATE episode SET state = 'CLOSED' WHERE id = ? AND state = 'OPEN'", episode);
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
        interactions.where(
            handle,
            "episode = :value AND space = (SELECT e.space FROM episode e WHERE e.id = :value) ORDER"
                + " BY id",
            summary.id()));
  }

  @Override
  public Optional<Instant> waitingSince() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT min(t) FROM (SELECT min(last_at) t FROM episode WHERE state = 'CLOSED'"
                        + " UNION ALL SELECT min(opened_at) FROM interaction WHERE "
                        + UNBUFFERED
                        + ")")
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
  }

  @Override
  public int backlog(@Nullable String space) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT (SELECT count(*) FROM interaction WHERE "
                        + UNBUFFERED
                        + " AND (:space IS NULL OR space = :space)) + (SELECT count(*) FROM"
                        + " episode WHERE state IN ('OPEN', 'CLOSED') AND (:space IS NULL OR space"
                        + " = :space))")
                .bind("space", space)
                .mapTo(Integer.class)
                .one());
  }

  @Override
  public boolean learnedUntil(String space, Instant until) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT NOT EXISTS (SELECT 1 FROM interaction WHERE "
                        + UNBUFFERED
                        + " AND space = :space AND completed_at <= :until) AND NOT"
                        + " EXISTS (SELECT 1 FROM episode e JOIN interaction i ON i.episode = e.id"
                        + " WHERE e.state IN ('OPEN', 'CLOSED') AND e.space = :space AND"
                        + " i.completed_at <= :until)")
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
                    + " revision = ? AND state IN ('CLOSED', 'LEARNED')",
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
                "UPDATE episode SET due_at = ? + min(?, ? << min(attempts, 20)), attempts ="
                    + " attempts + 1, note = ? WHERE id = ? AND space = ? AND revision = ? AND"
                    + " state = 'CLOSED'",
                now.toEpochMilli(),
                LONGEST_PAUSE.toMillis(),
                after.toMillis(),
                why,
                episode.id(),
                episode.space(),
                episode.revision()));
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
  public Optional<Episode> episode(String space, String id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM episode WHERE id = :id AND space = :space")
                .bind("id", id)
                .bind("space", space)
                .map((set, context) -> summary(set))
                .findOne()
                .map(summary -> whole(handle, summary)));
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
        Instant.ofEpochMilli(set.getLong("last_at")),
        set.getString("note"),
        set.getString("raw"));
  }
}
