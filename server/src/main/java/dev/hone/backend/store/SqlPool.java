package dev.hone.backend.store;

import dev.hone.experience.Commit;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Pin;
import dev.hone.experience.Query;
import dev.hone.experience.Role;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import dev.hone.port.Tokens;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The pool in SQL.
 *
 * <p>Long because whatever is asked of a pool is answered here.
 */
public final class SqlPool implements Pool {

  private static final String READABLE = Versions.READABLE + " AND v.ended_by IS NULL";

  private final Database database;
  private final CommitWriter writer;
  private final int quorum;

  /** A pool in which one voice makes an item active. */
  public SqlPool(Database database, InstantSource clock, Tokens tokens) {
    this(database, clock, tokens, 1);
  }

  /**
   * @param quorum distinct principals whose outcomes make an item active
   */
  public SqlPool(Database database, InstantSource clock, Tokens tokens, int quorum) {
    this.database = database;
    this.writer = new CommitWriter(clock, tokens);
    this.quorum = quorum;
  }

  @Override
  public Optional<Commit> apply(ChangeSet set) {
    return database.write(
        handle -> {
          Episode episode = set.learned();
          if (episode != null && !waiting(handle, set.space(), episode)) {
            return Optional.empty();
          }
          if (episode != null) {
            handle.execute(
                "UPDATE episode SET state = 'LEARNED', note = NULL WHERE id = ? AND space = ?",
                episode.id(),
                set.space());
            DecisionRows.write(handle, episode, set.decisions(), writer.now());
          }
          if (set.changes().isEmpty()) {
            return Optional.empty();
          }
          CommitWriter.Draft draft = writer.begin(handle, set.space());
          set.changes().forEach(draft::apply);
          return Optional.of(draft.end(set.kind(), set.author(), set.reason(), episode));
        });
  }

  private static boolean waiting(Handle handle, String space, Episode episode) {
    return handle
            .createQuery(
                "SELECT count(*) FROM episode WHERE id = :id AND space = :space AND revision ="
                    + " :revision AND state = 'CLOSED'")
            .bind("id", episode.id())
            .bind("space", space)
            .bind("revision", episode.revision())
            .mapTo(Integer.class)
            .one()
        == 1;
  }

  @Override
  public Optional<Commit> restore(String space, long sequence, String author, String reason) {
    return database.write(handle -> restore(handle, space, sequence, author, reason));
  }

  private Optional<Commit> restore(
      Handle handle, String space, long sequence, String author, String reason) {
    if (sequence < 0 || sequence > CommitWriter.head(handle, space)) {
      throw new IllegalArgumentException("space " + space + " has no commit " + sequence);
    }
    CommitWriter.Draft draft = writer.begin(handle, space);
    new Restoration(handle, space, draft, sequence, quorum).run();
    return draft.isEmpty()
        ? Optional.empty()
        : Optional.of(draft.end(Commit.Kind.ROLLBACK, author, reason, null));
  }

  @Override
  public Optional<Foreseen> foreseeRestore(
      String space, long sequence, String author, String reason) {
    return database.write(
        handle -> {
          handle.execute("SAVEPOINT foreseen");
          try {
            return restore(handle, space, sequence, author, reason)
                .map(
                    commit ->
                        new Foreseen(
                            commit,
                            Versions.differences(
                                handle, space, commit.sequence() - 1, commit.sequence(), author)));
          } finally {
            handle.execute("ROLLBACK TO foreseen");
            handle.execute("RELEASE foreseen");
          }
        });
  }

  @Override
  public Optional<Experience> experience(String space, String id) {
    return database.read(
        handle ->
            Versions.select(
                    handle,
                    "v.space = :space AND v.experience = :id AND v.ended_by IS NULL",
                    Map.of("space", space, "id", id))
                .stream()
                .map(Projected::experience)
                .findFirst());
  }

  @Override
  public Map<String, Experience> experiences(String space, Map<String, Integer> versions) {
    return database.read(
        handle -> {
          Map<String, Experience> found = new HashMap<>();
          versions.forEach(
              (id, version) ->
                  Versions.select(
                          handle,
                          "v.space = :space AND v.experience = :id AND v.version = :version",
                          Map.of("space", space, "id", id, "version", version))
                      .forEach(row -> found.put(id, row.experience())));
          return found;
        });
  }

  @Override
  public List<Experience> inStates(String space, Collection<State> states) {
    return database.read(
        handle ->
            states.stream()
                .flatMap(
                    state ->
                        Versions.select(
                            handle,
                            "v.space = :space AND v.state = :state AND v.ended_by IS NULL",
                            Map.of("space", space, "state", state.name()))
                            .stream())
                .map(Projected::experience)
                .sorted(Comparator.comparing(Experience::id))
                .toList());
  }

  @Override
  public List<Experience> leastSupported(String space, @Nullable String type, int limit) {
    return database.read(
        handle ->
            Versions.select(
                    handle,
                    "v.space = :space AND v.state IN ('CANDIDATE', 'ACTIVE') AND v.ended_by IS"
                        + " NULL AND (:type = '' OR v.type = :type) ORDER BY support, v.experience"
                        + " LIMIT :limit",
                    Map.of("space", space, "type", type == null ? "" : type, "limit", limit))
                .stream()
                .map(Projected::experience)
                .toList());
  }

  @Override
  public Optional<Experience> readable(String space, String id, String principal) {
    return database.read(
        handle ->
            Versions.select(
                    handle,
                    READABLE + " AND v.experience = :id",
                    Map.of("space", space, "id", id, "principal", principal))
                .stream()
                .map(Projected::experience)
                .findFirst());
  }

  @Override
  public List<Experience> readable(
      String space, String principal, @Nullable String before, int limit) {
    return database.read(
        handle ->
            Versions.select(
                    handle,
                    READABLE
                        + " AND v.experience < :before ORDER BY v.experience DESC LIMIT :limit",
                    Map.of(
                        "space", space,
                        "principal", principal,
                        "before", before == null ? "~" : before,
                        "limit", limit))
                .stream()
                .map(Projected::experience)
                .toList());
  }

  @Override
  public Optional<Experience> readableAsOf(
      String space, String id, String principal, long sequence) {
    return database.read(
        handle ->
            Versions.asOf(
                    handle,
                    Versions.READABLE + " AND v.experience = :id",
                    Map.of("space", space, "id", id, "principal", principal, "at", sequence))
                .stream()
                .map(Projected::experience)
                .findFirst());
  }

  @Override
  public List<Experience> readableAsOf(
      String space, String principal, @Nullable String before, int limit, long sequence) {
    return database.read(
        handle ->
            Versions.asOf(
                    handle,
                    Versions.READABLE
                        + " AND v.experience < :before ORDER BY v.experience DESC LIMIT :limit",
                    Map.of(
                        "space", space,
                        "principal", principal,
                        "at", sequence,
                        "before", before == null ? "~" : before,
                        "limit", limit))
                .stream()
                .map(Projected::experience)
                .toList());
  }

  @Override
  public List<Projected> versions(String space, String id, String principal) {
    return database.read(
        handle ->
            Versions.select(
                handle,
                Versions.READABLE + " AND v.experience = :id ORDER BY v.version DESC",
                Map.of("space", space, "id", id, "principal", principal)));
  }

  @Override
  public List<Difference> differences(String space, long from, long to, String principal) {
    return database.read(handle -> Versions.differences(handle, space, from, to, principal));
  }

  @Override
  public List<Count> counts(String space) {
    return database.read(handle -> Versions.counts(handle, space));
  }

  static List<Evidence> evidence(Handle handle, String space, String experience) {
    return evidence(handle, space, experience, Query.HEAD);
  }

  @Override
  public List<Evidence> evidence(String space, String experience, long sequence) {
    return database.read(handle -> evidence(handle, space, experience, sequence));
  }

  static List<Evidence> evidence(Handle handle, String space, String experience, long sequence) {
    return handle
        .createQuery(
            "SELECT interaction, role, quote, principal FROM evidence WHERE space = :space AND"
                + " experience = :id AND +sequence <= :at AND (ended_by IS NULL OR ended_by > :at)"
                + " ORDER BY sequence, rowid")
        .bind("space", space)
        .bind("id", experience)
        .bind("at", sequence)
        .map(
            (set, context) ->
                new Evidence(
                    set.getString(1),
                    Role.valueOf(set.getString(2)),
                    set.getString(3),
                    set.getString(4)))
        .list();
  }

  @Override
  public List<Linked> links(
      String space, String experience, String principal, int limit, long sequence) {
    return database.read(
        handle -> LinkRows.of(handle, space, experience, principal, limit, sequence));
  }

  @Override
  public Set<String> linkedAt(String space, String experience, long sequence) {
    return database.read(handle -> LinkRows.at(handle, space, experience, sequence));
  }

  @Override
  public void linksBy(Linking linking) {
    if (!linkings().contains(linking)) {
      database.write(
          handle ->
              handle.execute(
                  "INSERT INTO linking (least, k1, b) VALUES (?, ?, ?)",
                  linking.least(),
                  linking.k1(),
                  linking.b()));
    }
  }

  @Override
  public List<Linking> linkings() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT least, k1, b FROM linking ORDER BY least DESC, k1, b")
                .map(
                    (set, context) ->
                        new Linking(set.getDouble(1), set.getDouble(2), set.getDouble(3)))
                .list());
  }

  @Override
  public List<Decided> decisions(String space, String episode) {
    return database.read(handle -> DecisionRows.ofEpisode(handle, space, episode));
  }

  @Override
  public List<Decided> decisionsAbout(String space, String experience) {
    return database.read(handle -> DecisionRows.about(handle, space, experience));
  }

  @Override
  public List<Experience> rolledBack(String space, String interaction) {
    return database.read(
        handle ->
            Versions.select(
                    handle,
                    "v.space = :space AND v.ended_by IS NULL AND v.state = 'WITHDRAWN' AND"
                        + " v.experience IN (SELECT experience FROM evidence WHERE space = :space"
                        + " AND interaction = :interaction) AND EXISTS (SELECT 1 FROM pool_commit c"
                        + " WHERE c.space = v.space AND c.sequence = v.sequence AND c.kind ="
                        + " 'ROLLBACK') ORDER BY v.experience",
                    Map.of("space", space, "interaction", interaction))
                .stream()
                .map(Projected::experience)
                .toList());
  }

  @Override
  public List<String> restingOn(String space, String interaction) {
    return database.read(handle -> restingOn(handle, space, interaction));
  }

  static List<String> restingOn(Handle handle, String space, String interaction) {
    return handle
        .createQuery(
            "SELECT DISTINCT e.experience FROM evidence e JOIN version v ON v.space = e.space AND"
                + " v.experience = e.experience AND v.ended_by IS NULL WHERE e.space = :space AND"
                + " e.interaction = :interaction AND e.ended_by IS NULL AND v.state IN"
                + " ('CANDIDATE', 'ACTIVE') ORDER BY e.experience")
        .bind("space", space)
        .bind("interaction", interaction)
        .mapTo(String.class)
        .list();
  }

  @Override
  public List<Projected> writtenAfter(String space, long sequence) {
    return database.read(
        handle ->
            Versions.select(
                handle,
                "v.space = :space AND (v.sequence > :after OR v.ended_by > :after) ORDER BY"
                    + " v.sequence, v.experience",
                Map.of("space", space, "after", sequence)));
  }

  @Override
  public long head(String space) {
    return database.read(handle -> CommitWriter.head(handle, space));
  }

  @Override
  public Optional<Commit> commit(String space, String id) {
    return database.read(handle -> Commits.named(handle, space, id));
  }

  @Override
  public Optional<Pin> pin(String space, String id) {
    return database.read(handle -> Commits.pin(handle, space, id));
  }

  @Override
  public Optional<Commit> newest(String space, Collection<Commit.Kind> kinds) {
    return database.read(handle -> Commits.newest(handle, space, kinds));
  }

  @Override
  public List<Commit> commits(String space, long before, int limit) {
    return database.read(
        handle ->
            Commits.select(
                handle,
                "space = :space AND sequence < :before ORDER BY sequence DESC LIMIT :limit",
                Map.of("space", space, "before", Math.min(before, Query.HEAD), "limit", limit)));
  }

  @Override
  public Set<String> rejections(String space) {
    return database.read(
        handle ->
            new HashSet<>(
                handle
                    .createQuery("SELECT grp FROM rejection WHERE space = :space")
                    .bind("space", space)
                    .mapTo(String.class)
                    .list()));
  }

  @Override
  public void reject(String space, String group, String why) {
    database.write(
        handle ->
            handle.execute(
                "INSERT INTO rejection VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                space,
                group,
                why,
                writer.now()));
  }
}
