package dev.hone.backend.store;

import dev.hone.experience.Evidence;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The evidence of a space as one commit changes it: it begins and ends at its sequence. */
final class EvidenceRows {

  /** The span that an item rests on now, if it does. */
  private static final String SPAN =
      "space = :space AND experience = :experience AND interaction = :interaction AND role = :role"
          + " AND quote = :quote AND principal = :principal AND ended_by IS NULL";

  private final Handle handle;
  private final String space;
  private final long sequence;

  EvidenceRows(Handle handle, String space, long sequence) {
    this.handle = handle;
    this.space = space;
    this.sequence = sequence;
  }

  /** Adds the spans that an item does not rest on yet. */
  void add(String item, List<Evidence> evidence) {
    for (Evidence span : evidence) {
      handle
          .createUpdate(
              "INSERT INTO evidence (space, experience, interaction, role, quote, principal,"
                  + " sequence) SELECT :space, :experience, :interaction, :role, :quote,"
                  + " :principal, :sequence WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE "
                  + SPAN
                  + ")")
          .bindMap(row(item, span))
          .execute();
    }
  }

  /** A child rests on all that its parent rests on. */
  void inherit(String child, String parent) {
    add(child, SqlPool.evidence(handle, space, parent));
  }

  /** Ends all evidence of an item. */
  void end(String item) {
    handle.execute(
        "UPDATE evidence SET ended_by = ? WHERE space = ? AND experience = ? AND ended_by IS NULL",
        sequence,
        space,
        item);
  }

  /** Ends these spans. */
  void end(String item, List<Evidence> evidence) {
    for (Evidence span : evidence) {
      handle
          .createUpdate("UPDATE evidence SET ended_by = :sequence WHERE " + SPAN)
          .bindMap(row(item, span))
          .execute();
    }
  }

  private Map<String, ?> row(String item, Evidence span) {
    return Map.of(
        "space", space,
        "experience", item,
        "interaction", span.interaction(),
        "role", span.role().name(),
        "quote", span.quote(),
        "principal", span.principal(),
        "sequence", sequence);
  }

  /** The items that rest on something else now than after an earlier commit. */
  List<String> changedSince(long target) {
    return handle
        .createQuery(
            "WITH was AS (SELECT experience, interaction, role, quote, principal FROM evidence"
                + " WHERE space = :space AND sequence <= :target AND (ended_by IS NULL OR ended_by"
                + " > :target)), now AS (SELECT experience, interaction, role, quote, principal"
                + " FROM evidence WHERE space = :space AND ended_by IS NULL) SELECT experience FROM"
                + " (SELECT * FROM was EXCEPT SELECT * FROM now) UNION SELECT experience FROM"
                + " (SELECT * FROM now EXCEPT SELECT * FROM was)")
        .bind("space", space)
        .bind("target", target)
        .mapTo(String.class)
        .list();
  }

  /** Makes an item rest on what it rested on after an earlier commit. */
  void restore(String item, long target) {
    end(item);
    handle.execute(
        "INSERT INTO evidence (space, experience, interaction, role, quote, principal, sequence)"
            + " SELECT space, experience, interaction, role, quote, principal, ? FROM evidence"
            + " WHERE space = ? AND experience = ? AND +sequence <= ? AND (ended_by IS NULL OR"
            + " ended_by > ?)",
        sequence,
        space,
        item,
        target,
        target);
  }
}
