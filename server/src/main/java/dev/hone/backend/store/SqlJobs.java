package dev.hone.backend.store;

import dev.hone.port.Jobs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The jobs in SQL. */
public final class SqlJobs implements Jobs {

  private final Database database;

  public SqlJobs(Database database) {
    this.database = database;
  }

  @Override
  public boolean enqueue(Job job) {
    return !isThere(job) && insert(job);
  }

  private boolean isThere(Job job) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT EXISTS (SELECT 1 FROM job WHERE space = :space AND kind = :kind AND"
                        + " subject = :subject)")
                .bind("space", job.space())
                .bind("kind", job.kind().name())
                .bind("subject", job.subject())
                .mapTo(Boolean.class)
                .one());
  }

  private boolean insert(Job job) {
    return database.write(
        handle ->
            handle.execute(
                    "INSERT INTO job (id, space, kind, subject, state, due_at, attempts, note,"
                        + " made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    job.id(),
                    job.space(),
                    job.kind().name(),
                    job.subject(),
                    job.state().name(),
                    job.dueAt().toEpochMilli(),
                    job.attempts(),
                    job.note(),
                    job.madeAt().toEpochMilli())
                == 1);
  }

  @Override
  public Optional<Job> due(Set<Kind> kinds, Instant now) {
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM job WHERE state = 'WAITING' AND due_at <= :now AND kind IN"
                        + " (<kinds>) ORDER BY due_at, id LIMIT 1")
                .bind("now", now.toEpochMilli())
                .bindList("kinds", kinds.stream().map(Enum::name).toList())
                .map((set, context) -> job(set))
                .findOne());
  }

  @Override
  public void done(Job job) {
    database.write(
        handle ->
            handle.execute(
                "DELETE FROM job WHERE id = ? AND space = ? AND state = 'WAITING'",
                job.id(),
                job.space()));
  }

  @Override
  public void broke(Job job, String why, Instant now, Duration after, int most) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE job SET due_at = ? + "
                    + SqlEpisodes.PAUSE
                    + ", attempts = attempts + 1, note = ?, state = CASE WHEN attempts + 1 >= ?"
                    + " THEN 'FAILED' ELSE state END WHERE id = ? AND space = ? AND state ="
                    + " 'WAITING'",
                now.toEpochMilli(),
                after.toMillis(),
                why,
                most,
                job.id(),
                job.space()));
  }

  @Override
  public List<Job> failed(String space, @Nullable String before, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM job WHERE state = 'FAILED' AND space = :space AND id < :before"
                        + " ORDER BY id DESC LIMIT :limit")
                .bind("space", space)
                .bind("before", before == null ? "~" : before)
                .bind("limit", limit)
                .map((set, context) -> job(set))
                .list());
  }

  @Override
  public boolean retry(String space, String id, Instant now) {
    return database.write(
        handle ->
            handle.execute(
                    "UPDATE job SET state = 'WAITING', due_at = ?, attempts = 0, note = NULL WHERE"
                        + " id = ? AND space = ? AND state = 'FAILED'",
                    now.toEpochMilli(),
                    id,
                    space)
                == 1);
  }

  @Override
  public boolean drop(String space, String id) {
    return database.write(
        handle ->
            handle.execute(
                    "DELETE FROM job WHERE id = ? AND space = ? AND state = 'FAILED'", id, space)
                == 1);
  }

  private static Job job(ResultSet set) throws SQLException {
    return new Job(
        set.getString("id"),
        set.getString("space"),
        Kind.valueOf(set.getString("kind")),
        set.getString("subject"),
        State.valueOf(set.getString("state")),
        Instant.ofEpochMilli(set.getLong("due_at")),
        set.getInt("attempts"),
        set.getString("note"),
        Instant.ofEpochMilli(set.getLong("made_at")));
  }
}
