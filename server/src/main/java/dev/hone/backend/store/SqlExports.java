package dev.hone.backend.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Evidence;
import dev.hone.experience.Relation;
import dev.hone.experience.Role;
import dev.hone.port.Carried;
import dev.hone.port.Exports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A space to be carried elsewhere, in SQL. */
public final class SqlExports implements Exports {

  private static final String AS_OF =
      "+%1$s.sequence <= :at AND (%1$s.ended_by IS NULL OR %1$s.ended_by > :at)";

  /** Interactions, as {@code i}, that were not forgotten. */
  static final String KNOWN =
      "NOT EXISTS (SELECT 1 FROM forgotten f WHERE f.space = i.space AND f.kind = 'INTERACTION' AND"
          + " f.id = i.id)";

  /** Items that rest on nothing that was forgotten, and were not forgotten themselves. */
  private static final String ITEMS =
      "v.space = :space AND v.experience > :after AND "
          + AS_OF.formatted("v")
          + " AND v.state <> 'PURGED' AND NOT EXISTS (SELECT 1 FROM forgotten f WHERE f.space ="
          + " v.space AND f.kind = 'ITEM' AND f.id = v.experience) AND NOT EXISTS (SELECT 1"
          + " FROM version n WHERE n.space = v.space AND n.experience = v.experience AND n.ended_by"
          + " IS NULL AND n.state = 'PURGED') AND NOT EXISTS (SELECT 1 FROM evidence e JOIN"
          + " forgotten f ON f.space = e.space AND f.kind = 'INTERACTION' AND f.id = e.interaction"
          + " WHERE e.space = v.space AND e.experience = v.experience AND "
          + AS_OF.formatted("e")
          + ") ORDER BY v.experience LIMIT :limit";

  private final Database database;
  private final Recordings recordings = new Recordings();

  public SqlExports(Database database) {
    this.database = database;
  }

  @Override
  public Moment moment(String space) {
    return database.read(
        handle ->
            new Moment(
                CommitWriter.head(handle, space),
                handle
                    .createQuery("SELECT id FROM episode WHERE space = :space AND state = 'OPEN'")
                    .bind("space", space)
                    .mapTo(String.class)
                    .set(),
                handle
                    .createQuery("SELECT coalesce(max(id), '') FROM episode WHERE space = :space")
                    .bind("space", space)
                    .mapTo(String.class)
                    .one()));
  }

  private static Map<String, ?> values(Moment moment, @Nullable String after) {
    ArrayNode open = JsonNodeFactory.instance.arrayNode();
    moment.open().forEach(open::add);
    return Map.of(
        "after", after == null ? "" : after,
        "at", moment.sequence(),
        "open", open.toString(),
        "last", moment.last());
  }

  @Override
  public List<Carried.Episode> episodes(
      String space, Moment moment, @Nullable String after, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT e.*, CASE WHEN state = 'LEARNED' AND EXISTS (SELECT 1 FROM pool_commit"
                        + " c WHERE c.episode = e.id AND c.revision = e.revision AND c.sequence >"
                        + " :at) THEN 'CLOSED' ELSE state END AS then_state FROM episode e WHERE"
                        + " space = :space AND id > :after AND id <= :last AND state <> 'OPEN' AND"
                        + " id NOT IN (SELECT value FROM json_each(:open)) AND EXISTS (SELECT 1"
                        + " FROM interaction i WHERE i.episode = e.id AND i.space = e.space AND "
                        + KNOWN
                        + ") ORDER BY id LIMIT :limit")
                .bind("space", space)
                .bindMap(values(moment, after))
                .bind("limit", limit)
                .map(
                    (set, context) ->
                        new Carried.Episode(
                            set.getString("id"),
                            set.getString("principal"),
                            set.getInt("revision"),
                            EpisodeState.valueOf(set.getString("then_state")),
                            set.getInt("size"),
                            set.getInt("repetitions"),
                            set.getInt("tokens"),
                            Instant.ofEpochMilli(set.getLong("last_at")),
                            set.getString("note"),
                            recordings.where(
                                handle,
                                space,
                                "i.episode = :episode",
                                Map.of("episode", set.getString("id")),
                                Integer.MAX_VALUE)))
                .list());
  }

  @Override
  public List<Carried.Recording> interactions(
      String space, Moment moment, @Nullable String after, int limit) {
    return database.read(
        handle ->
            recordings.where(
                handle,
                space,
                "i.id > :after AND (i.episode IS NULL OR i.episode > :last OR i.episode IN (SELECT"
                    + " value FROM json_each(:open)))",
                values(moment, after),
                limit));
  }

  @Override
  public List<Carried.Recording> wordless(
      String space, long sequence, @Nullable String after, int limit) {
    return database.read(
        handle ->
            recordings
                .where(
                    handle,
                    space,
                    "i.id > :after AND EXISTS (SELECT 1 FROM evidence e WHERE e.space = i.space AND"
                        + " e.interaction = i.id AND +e.sequence <= :at)",
                    Map.of("after", after == null ? "" : after, "at", sequence),
                    limit)
                .stream()
                .map(Recordings::wordless)
                .toList());
  }

  @Override
  public List<Carried.Item> items(String space, long sequence, @Nullable String after, int limit) {
    return database.read(
        handle -> {
          List<Carried.Item> items = new ArrayList<>();
          Map<String, ?> values =
              Map.of(
                  "space", space,
                  "after", after == null ? "" : after,
                  "at", sequence,
                  "limit", limit);
          Versions.select(handle, ITEMS, values)
              .forEach(
                  each -> {
                    String id = each.experience().id();
                    items.add(
                        new Carried.Item(
                            each.experience(),
                            evidence(handle, space, sequence, id),
                            links(handle, space, sequence, id)));
                  });
          return items;
        });
  }

  private static List<Carried.Span> evidence(
      Handle handle, String space, long sequence, String item) {
    return handle
        .createQuery(
            "SELECT e.interaction, e.role, e.quote, e.principal, (SELECT i.source FROM interaction"
                + " i WHERE i.id = e.interaction AND i.space = e.space) FROM evidence e WHERE"
                + " e.space = :space AND e.experience = :item AND "
                + AS_OF.formatted("e")
                + " ORDER BY e.sequence, e.rowid")
        .bind("space", space)
        .bind("item", item)
        .bind("at", sequence)
        .map(
            (set, context) ->
                new Carried.Span(
                    new Evidence(
                        set.getString(1),
                        Role.valueOf(set.getString(2)),
                        set.getString(3),
                        set.getString(4)),
                    set.getString(5)))
        .list();
  }

  private static List<Carried.Link> links(Handle handle, String space, long sequence, String item) {
    return handle
        .createQuery(
            "SELECT l.other, l.relation, l.similarity FROM link l WHERE l.space = :space AND l.one"
                + " = :item AND "
                + AS_OF.formatted("l")
                + " AND NOT EXISTS (SELECT 1 FROM forgotten f WHERE f.space = l.space AND f.kind ="
                + " 'ITEM' AND f.id = l.other) ORDER BY l.other, l.relation")
        .bind("space", space)
        .bind("item", item)
        .bind("at", sequence)
        .map(
            (set, context) ->
                new Carried.Link(
                    set.getString(1), Relation.valueOf(set.getString(2)), set.getDouble(3)))
        .list();
  }
}
