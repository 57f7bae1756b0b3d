package dev.hone.backend.store;

import dev.hone.experience.Change;
import dev.hone.experience.Relation;
import dev.hone.port.Pool;
import java.util.List;
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

  /** Links two items, unless they are. */
  void add(Change.Link link) {
    add(link.experience(), link.other(), link.relation().name(), link.similarity());
  }

  private void add(String item, String other, String relation, double similarity) {
    boolean lower = item.compareTo(other) < 0;
    handle
        .createUpdate(
            "INSERT INTO link (space, one, other, relation, similarity, sequence) SELECT :space,"
                + " :one, :other, :relation, :similarity, :sequence WHERE NOT EXISTS (SELECT 1"
                + " FROM link WHERE space = :space AND one = :one AND other = :other AND ended_by"
                + " IS NULL)")
        .bind("space", space)
        .bind("one", lower ? item : other)
        .bind("other", lower ? other : item)
        .bind("relation", relation)
        .bind("similarity", similarity)
        .bind("sequence", sequence)
        .execute();
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
      handle
          .createQuery(
              "SELECT one, other, relation, similarity FROM link WHERE space = :space AND (one ="
                  + " :item OR other = :item) AND ended_by IS NULL")
          .bind("space", space)
          .bind("item", parent)
          .map(
              (set, context) ->
                  new Inherited(
                      set.getString(1).equals(parent) ? set.getString(2) : set.getString(1),
                      set.getString(3),
                      set.getDouble(4)))
          .list()
          .stream()
          .filter(each -> !parents.contains(each.item) && !each.item.equals(child))
          .forEach(each -> add(child, each.item, each.relation, each.similarity));
    }
  }

  private record Inherited(String item, String relation, double similarity) {}

  /** Makes the links what they were after an earlier commit; those that are right stay. */
  void restore(long target) {
    handle
        .createUpdate(
            "UPDATE link SET ended_by = :sequence WHERE space = :space AND ended_by IS NULL AND"
                + " sequence > :target AND NOT EXISTS (SELECT 1 FROM link o WHERE o.space ="
                + " link.space AND o.one = link.one AND o.other = link.other AND o.relation ="
                + " link.relation AND o.similarity = link.similarity AND o.sequence <= :target"
                + " AND o.ended_by > :target)")
        .bind("space", space)
        .bind("target", target)
        .bind("sequence", sequence)
        .execute();
    handle
        .createUpdate(
            "INSERT INTO link (space, one, other, relation, similarity, sequence) SELECT space,"
                + " one, other, relation, similarity, :sequence FROM link w WHERE space = :space"
                + " AND sequence <= :target AND ended_by > :target AND NOT EXISTS (SELECT 1 FROM"
                + " link o WHERE o.space = w.space AND o.one = w.one AND o.other = w.other AND"
                + " o.ended_by IS NULL)")
        .bind("space", space)
        .bind("target", target)
        .bind("sequence", sequence)
        .execute();
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

  /** What an item is linked with now, as far as a principal may read it. */
  static List<Pool.Linked> of(
      Handle handle, String space, String item, String principal, int limit) {
    return handle
        .createQuery(
            "SELECT l.item, l.relation, l.similarity FROM (SELECT other AS item, relation,"
                + " similarity FROM link WHERE space = :space AND one = :item AND ended_by IS NULL"
                + " UNION ALL SELECT one, relation, similarity FROM link WHERE space = :space AND"
                + " other = :item AND ended_by IS NULL) l JOIN version v ON v.experience = l.item"
                + " AND v.ended_by IS NULL WHERE "
                + Versions.READABLE
                + " ORDER BY l.relation, l.similarity DESC, l.item LIMIT :limit")
        .bind("space", space)
        .bind("item", item)
        .bind("principal", principal)
        .bind("limit", limit)
        .map(
            (set, context) ->
                new Pool.Linked(
                    set.getString(1), Relation.valueOf(set.getString(2)), set.getDouble(3)))
        .list();
  }
}
