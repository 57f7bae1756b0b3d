package dev.hone.backend.store;

import java.util.List;

/**
 * The versions of an item are numbered without a gap (from 1, but for an imported one), each counts
 * until the next one, and the last one counts now; versions, evidence and links begin and end at
 * commits that there are; a link that counts is the only one between two items that are shown.
 */
public final class Histories extends Queried {

  public Histories(Database database) {
    super(
        database,
        "histories",
        List.of(
            new Question(
                "SELECT count(*) FROM version",
                "SELECT 'version ' || v.version || ' of item ' || v.experience || ' does not end"
                    + " where the next one begins' FROM version v LEFT JOIN version n ON n.space ="
                    + " v.space AND n.experience = v.experience AND n.version = v.version + 1 WHERE"
                    + " v.ended_by IS NOT n.sequence"),
            new Question(
                "SELECT count(*) FROM (SELECT DISTINCT space, experience FROM version)",
                "SELECT 'item ' || experience || ' lacks a version' FROM version GROUP BY space,"
                    + " experience HAVING count(*) <> max(version) - min(version) + 1"),
            begins("version", "version"),
            begins("evidence", "evidence"),
            begins("link", "link"),
            new Question(
                "SELECT count(*) FROM link WHERE ended_by IS NULL",
                "SELECT 'a link of item ' || l.one || ' counts though an end is not shown' FROM"
                    + " link l WHERE l.ended_by IS NULL AND EXISTS (SELECT 1 FROM version v WHERE"
                    + " v.space = l.space AND v.experience IN (l.one, l.other) AND v.ended_by IS"
                    + " NULL AND v.state NOT IN ('CANDIDATE', 'ACTIVE')) UNION ALL SELECT 'items '"
                    + " || one || ' and ' || other || ' are linked twice' FROM link WHERE ended_by"
                    + " IS NULL GROUP BY space, min(one, other), max(one, other) HAVING count(*) >"
                    + " 1")));
  }

  private static Question begins(String table, String what) {
    return new Question(
        "SELECT count(*) FROM " + table,
        "SELECT 'a "
            + what
            + " of space ' || t.space || ' begins or ends at a commit that is not there' FROM "
            + table
            + " t WHERE NOT EXISTS (SELECT 1 FROM pool_commit c WHERE c.space = t.space AND"
            + " c.sequence = t.sequence) OR (t.ended_by IS NOT NULL AND (t.ended_by < t.sequence OR"
            + " NOT EXISTS (SELECT 1 FROM pool_commit c WHERE c.space = t.space AND c.sequence ="
            + " t.ended_by)))");
  }
}
