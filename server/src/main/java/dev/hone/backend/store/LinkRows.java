package dev.hone.backend.store;

import dev.hone.experience.Change;
import dev.hone.experience.Relation;
import dev.hone.port.Pool;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The links of a space as one commit changes them: like evidence they begin and end at its
 * sequence. Of a pair the lower id stands first.
 */
final class LinkRows {

  private final Handle handle;
  private final String space;
  private final long sequence;

  LinkRows(Handle handle, String space, long sequence) {
    this.handle = handle;
    this.space = space;
    this.sequence = sequence;
  }

  /** Links two items, unless they are; tells whether they were not. */
  boolean add(Change.Link link) {
    String item = link.experience();
    String other = link.other();
    boolean lower = item.compareTo(other) < 0;
    return handle
            .createUpdate(
                "INSERT INTO link (space, one, other, relation, similarity, sequence) SELECT"
                    + " :space, :one, :other, :relation, :similarity, :sequence WHERE NOT EXISTS"
                    + " (SELECT 1 FROM link WHERE space = :space AND one = :one AND other = :other"
                    + " AND ended_by IS NULL)")
            .bind("space", space)
            .bind("one", lower ? item : other)
            .bind("other", lower ? other : item)
            .bind("relation", link.relation().name())
            .bind("similarity", link.similarity())
            .bind("sequence", sequence)
            .execute()
        == 1;
  }

  /** Ends a link, of which the lower id stands first. */
  void end(Change.Link link) {
    handle.execute(
        "UPDATE link SET ended_by = ? WHERE space = ? AND one = ? AND other = ? AND ended_by IS"
            + " NULL",
        sequence,
        space,
        link.experience(),
        link.other());
  }

  /** Ends all links of an item. */
  void end(String item) {
    handle.execute(
        "UPDATE link SET ended_by = ? WHERE space = ? AND one = ? AND ended_by IS NULL",
        sequence,
        space,
        item);
    handle.execute(
        "UPDATE link SET ended_by = ? WHERE space = ? AND other = ? AND ended_by IS NULL",
        sequence,
        space,
        item);
  }

  /** Links a child with what its parents are linked with, except one another. */
  void inherit(String child, List<String> parents) {
    for (String parent : parents) {
      select("(one = :item OR other = :item) AND ended_by IS NULL", Map.of("item", parent)).stream()
          .map(link -> of(child, parent, link))
          .filter(link -> !parents.contains(link.other()) && !link.other().equals(child))
          .forEach(this::add);
    }
  }

  /** A parent's link as its child's. */
  private static Change.Link of(String child, String parent, Change.Link link) {
    String other = link.experience().equals(parent) ? link.other() : link.experience();
    return new Change.Link(child, other, link.relation(), link.similarity());
  }

  /** The links that count now and did not after an earlier commit. */
  List<Change.Link> begunSince(long target) {
    return select("sequence > :target AND ended_by IS NULL", Map.of("target", target));
  }

  /** The links that counted after an earlier commit and were ended since. */
  List<Change.Link> endedSince(long target) {
    return select("sequence <= :target AND ended_by > :target", Map.of("target", target));
  }

  /** The links that a commit ended. */
  List<Change.Link> endedBy(long commit) {
    return select("ended_by = :commit", Map.of("commit", commit));
  }

  private List<Change.Link> select(String condition, Map<String, ?> values) {
    return handle
        .createQuery(
            "SELECT one, other, relation, similarity FROM link WHERE space = :space AND "
                + condition)
        .bind("space", space)
        .bindMap(values)
        .map(
            (set, context) ->
                new Change.Link(
                    set.getString(1),
                    set.getString(2),
                    Relation.valueOf(set.getString(3)),
                    set.getDouble(4)))
        .list();
  }

  /** What a commit linked an item with. */
  static Set<String> at(Handle handle, String space, String item, long sequence) {
    return handle
        .createQuery(
            "SELECT other FROM link WHERE space = :space AND one = :item AND sequence = :sequence"
                + " UNION SELECT one FROM link WHERE space = :space AND other = :item AND sequence"
                + " = :sequence")
        .bind("space", space)
        .bind("item", item)
        .bind("sequence", sequence)
        .mapTo(String.class)
        .set();
  }

  /** What an item is linked with after a commit, as far as a principal may read it. */
  static List<Pool.Linked> of(
      Handle handle, String space, String item, String principal, int limit, long sequence) {
    return handle
        .createQuery(
            "SELECT l.item, l.relation, l.similarity FROM (SELECT other AS item, relation,"
                + " similarity, sequence, ended_by FROM link WHERE space = :space AND one = :item"
                + " UNION ALL SELECT one, relation, similarity, sequence, ended_by FROM link WHERE"
                + " space = :space AND other = :item) l JOIN version v ON v.experience = l.item"
                + " WHERE +l.sequence <= :at AND (l.ended_by IS NULL OR l.ended_by > :at) AND "
                + Versions.READABLE
                + Versions.COUNTED
                + " ORDER BY l.relation, l.similarity DESC, l.item LIMIT :limit")
        .bind("space", space)
        .bind("item", item)
        .bind("principal", principal)
        .bind("limit", limit)
        .bind("at", sequence)
        .map(
            (set, context) ->
                new Pool.Linked(
                    set.getString(1), Relation.valueOf(set.getString(2)), set.getDouble(3)))
        .list();
  }
}
