package dev.hone.backend.store;

import dev.hone.experience.Digest;
import dev.hone.port.Keys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys in SQL, all of them in memory too: every request asks for its own. A digest is stored,
 * SHA-256, not a slow hash: a key is 256 random bits, so there is nothing to guess.
 */
public final class SqlKeys implements Keys {

  private static final Logger LOG = LoggerFactory.getLogger(SqlKeys.class);

  private final Database database;
  private final InstantSource clock;
  private final Executor executor;
  private final Map<String, Key> keys = new ConcurrentHashMap<>();
  private final Map<Digest, String> ids = new ConcurrentHashMap<>();

  /**
   * @param executor writes down when keys are used, off the path of requests
   */
  public SqlKeys(Database database, InstantSource clock, Executor executor) {
    this.database = database;
    this.clock = clock;
    this.executor = executor;
    database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM api_key")
                .map(
                    (set, context) -> {
                      remember(key(set), new Digest(set.getString("digest")));
                      return true;
                    })
                .list());
  }

  private void remember(Key key, Digest digest) {
    keys.put(key.id(), key);
    ids.put(digest, key.id());
  }

  @Override
  public boolean any() {
    return !keys.isEmpty();
  }

  @Override
  public void create(Key key, Digest digest) {
    database.write(
        handle ->
            handle.execute(
                "INSERT INTO api_key (id, digest, name, role, spaces, created_at, used_at,"
                    + " revoked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                key.id(),
                digest.value(),
                key.name(),
                key.role().name(),
                String.join(",", key.spaces()),
                key.created().toEpochMilli(),
                millis(key.used()),
                millis(key.revoked())));
    remember(key, digest);
  }

  @Override
  public Optional<Key> held(Digest digest) {
    String id = ids.get(digest);
    Key key = id == null ? null : keys.get(id);
    if (key == null || key.revoked() != null) {
      return Optional.empty();
    }
    Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    if (!hour.equals(key.used())) {
      Key used = with(key, hour, null, key.pin());
      if (keys.replace(key.id(), key, used)) {
        executor.execute(() -> writeUse(key.id(), hour));
      }
    }
    return Optional.ofNullable(keys.get(key.id())).filter(now -> now.revoked() == null);
  }

  /** A use that cannot be written down is known until the next start. */
  private void writeUse(String id, Instant hour) {
    try {
      database.write(
          handle ->
              handle.execute(
                  "UPDATE api_key SET used_at = ? WHERE id = ?", hour.toEpochMilli(), id));
    } catch (JdbiException | IllegalStateException e) {
      LOG.warn("the last use of key {} was not written down: {}", id, e.getMessage());
    }
  }

  @Override
  public List<Key> list() {
    return keys.values().stream()
        .sorted(Comparator.comparing(Key::created).thenComparing(Key::id).reversed())
        .toList();
  }

  @Override
  public Optional<Key> revoke(String id) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    database.write(
        handle ->
            handle.execute(
                "UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                now.toEpochMilli(),
                id));
    return Optional.ofNullable(
        keys.computeIfPresent(
            id,
            (same, key) -> key.revoked() == null ? with(key, key.used(), now, key.pin()) : key));
  }

  @Override
  public Optional<Key> pin(String id, @Nullable String commit) {
    database.write(handle -> handle.execute("UPDATE api_key SET pin = ? WHERE id = ?", commit, id));
    return Optional.ofNullable(
        keys.computeIfPresent(id, (same, key) -> with(key, key.used(), key.revoked(), commit)));
  }

  private static Key with(
      Key key, @Nullable Instant used, @Nullable Instant revoked, @Nullable String pin) {
    return new Key(
        key.id(), key.name(), key.role(), key.spaces(), key.created(), used, revoked, pin);
  }

  private static Key key(ResultSet set) throws SQLException {
    return new Key(
        set.getString("id"),
        set.getString("name"),
        Role.valueOf(set.getString("role")),
        Set.of(set.getString("spaces").split(",")),
        Instant.ofEpochMilli(set.getLong("created_at")),
        instant(set, "used_at"),
        instant(set, "revoked_at"),
        set.getString("pin"));
  }

  private static @Nullable Instant instant(ResultSet set, String column) throws SQLException {
    long millis = set.getLong(column);
    return set.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }
}
