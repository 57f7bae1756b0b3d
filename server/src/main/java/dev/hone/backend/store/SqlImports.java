package dev.hone.backend.store;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.port.Carried;
import dev.hone.port.Forgotten;
import dev.hone.port.Imports;
import dev.hone.port.Tokens;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** What comes from elsewhere, in SQL. */
public final class SqlImports implements Imports {

  private static final int AT_ONCE = 100;

  private final Database database;
  private final SqlJournal journal;
  private final Forgotten forgotten;
  private final CommitWriter writer;

  /**
   * @param forgotten asked before anything comes in
   */
  public SqlImports(Database database, Forgotten forgotten, InstantSource clock, Tokens tokens) {
    this.database = database;
    this.journal = new SqlJournal(database);
    this.forgotten = forgotten;
    this.writer = new CommitWriter(clock, tokens);
  }

  private CarriedIn conversations(
      Handle handle, String space, List<List<Carried.Recording>> conversations) {
    List<Carried.Recording> all = conversations.stream().flatMap(List::stream).toList();
    return new CarriedIn(handle, space, journal, forgotten, all);
  }

  private CarriedIn episodes(Handle handle, String space, List<Carried.Episode> episodes) {
    List<Carried.Recording> all =
        episodes.stream().flatMap(each -> each.interactions().stream()).toList();
    return new CarriedIn(handle, space, journal, forgotten, all);
  }

  @Override
  public List<Fate> fates(String space, List<List<Carried.Recording>> conversations) {
    return database.read(
        handle -> {
          CarriedIn in = conversations(handle, space, conversations);
          return conversations.stream().map(in::fate).toList();
        });
  }

  @Override
  public List<Fate> take(String space, List<List<Carried.Recording>> conversations) {
    return database.write(
        handle -> {
          CarriedIn in = conversations(handle, space, conversations);
          return conversations.stream().map(in::take).toList();
        });
  }

  @Override
  public List<Fate> fatesOfEpisodes(String space, List<Carried.Episode> episodes) {
    return database.read(
        handle -> {
          CarriedIn in = episodes(handle, space, episodes);
          return episodes.stream().map(in::fate).toList();
        });
  }

  @Override
  public List<Fate> takeEpisodes(String space, List<Carried.Episode> episodes) {
    return database.write(
        handle -> {
          CarriedIn in = episodes(handle, space, episodes);
          return episodes.stream().map(in::take).toList();
        });
  }

  @Override
  public List<Fate> fatesOfItems(String space, List<Carried.Item> items) {
    return database.read(
        handle -> {
          CarriedItems in = new CarriedItems(handle, space, forgotten, items);
          return items.stream().map(in::fate).toList();
        });
  }

  @Override
  public void stage(String space, String source, Map<String, String> lines) {
    database.write(
        handle -> {
          lines.forEach(
              (id, line) ->
                  handle.execute(
                      "INSERT INTO staged VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET line ="
                          + " excluded.line",
                      space,
                      source,
                      id,
                      line));
          return lines.size();
        });
  }

  @Override
  public int staged(String space, String source) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT count(*) FROM staged WHERE space = :space AND source = :source")
                .bind("space", space)
                .bind("source", source)
                .mapTo(Integer.class)
                .one());
  }

  @Override
  public void unstage(String space, String source) {
    database.write(handle -> unstage(handle, space, source));
  }

  private static int unstage(Handle handle, String space, String source) {
    return handle.execute("DELETE FROM staged WHERE space = ? AND source = ?", space, source);
  }

  @Override
  public Optional<Commit> commit(
      String space,
      String source,
      String author,
      String reason,
      Function<String, Carried.Item> reading) {
    return database.write(
        handle -> {
          CommitWriter.Draft draft = writer.begin(handle, space);
          Map<String, List<Carried.Link>> links = new HashMap<>();
          List<Carried.Item> items = staged(handle, space, source, "", reading);
          while (!items.isEmpty()) {
            take(handle, space, items, draft, links);
            String last = items.getLast().experience().id();
            items = staged(handle, space, source, last, reading);
          }
          links.forEach(
              (one, of) ->
                  of.stream()
                      .filter(link -> links.containsKey(link.other()))
                      .map(link -> link(one, link))
                      .forEach(draft::link));
          unstage(handle, space, source);
          return draft.isEmpty()
              ? Optional.empty()
              : Optional.of(draft.end(Commit.Kind.IMPORT, author, reason, null));
        });
  }

  private static Change.Link link(String one, Carried.Link link) {
    return new Change.Link(one, link.other(), link.relation(), link.similarity());
  }

  /**
   * Takes over items.
   *
   * @param links those of the items that say here what they say there are added here
   */
  private void take(
      Handle handle,
      String space,
      List<Carried.Item> items,
      CommitWriter.Draft draft,
      Map<String, List<Carried.Link>> links) {
    CarriedItems in = new CarriedItems(handle, space, forgotten, items);
    for (Carried.Item item : items) {
      Experience experience = item.experience();
      Fate fate = in.fate(item);
      if (fate == Fate.TAKEN || fate == Fate.EXTENDED) {
        List<Evidence> evidence = in.evidence(item);
        in.objection(evidence)
            .ifPresent(
                why -> {
                  throw new IllegalArgumentException("item " + experience.id() + " " + why);
                });
        draft.take(experience, evidence);
      }
      if (fate != Fate.FORGOTTEN && fate != Fate.DIFFERENT) {
        links.put(experience.id(), item.links());
      }
    }
  }

  private static List<Carried.Item> staged(
      Handle handle,
      String space,
      String source,
      String after,
      Function<String, Carried.Item> reading) {
    List<String> lines =
        handle
            .createQuery(
                "SELECT line FROM staged WHERE space = :space AND source = :source AND id > :after"
                    + " ORDER BY id LIMIT :limit")
            .bind("space", space)
            .bind("source", source)
            .bind("after", after)
            .bind("limit", AT_ONCE)
            .mapTo(String.class)
            .list();
    List<Carried.Item> items = new ArrayList<>();
    lines.forEach(line -> items.add(reading.apply(line)));
    return items;
  }

  @Override
  public Optional<Point> point(String space, String source) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT records, mark, at FROM import WHERE space = :space AND source ="
                        + " :source")
                .bind("space", space)
                .bind("source", source)
                .map(
                    (set, context) ->
                        new Point(
                            set.getLong(1), set.getString(2), Instant.ofEpochMilli(set.getLong(3))))
                .findOne());
  }

  @Override
  public void reached(String space, String source, Point point) {
    database.write(
        handle ->
            handle.execute(
                "INSERT INTO import (space, source, records, mark, at) VALUES (?, ?, ?, ?, ?) ON"
                    + " CONFLICT DO UPDATE SET records = excluded.records, mark = excluded.mark,"
                    + " at = excluded.at",
                space,
                source,
                point.records(),
                point.mark(),
                point.at().toEpochMilli()));
  }

  @Override
  public int interactions(String space, String source) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT count(*) FROM interaction WHERE space = :space AND source >= :from AND"
                        + " source < :to")
                .bind("space", space)
                .bind("from", source + "#")
                .bind("to", source + "$")
                .mapTo(Integer.class)
                .one());
  }
}
