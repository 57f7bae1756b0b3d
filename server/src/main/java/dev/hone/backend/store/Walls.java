package dev.hone.backend.store;

import java.util.List;

/** Nothing of one space refers to anything of another, and an episode holds one principal's. */
public final class Walls extends Queried {

  public Walls(Database database) {
    super(
        database,
        "walls between spaces",
        List.of(
            new Question(
                "SELECT count(*) FROM interaction WHERE episode IS NOT NULL",
                "SELECT 'interaction ' || i.id || ' is in an episode of somebody else' FROM"
                    + " interaction i JOIN episode e ON e.id = i.episode WHERE e.space <> i.space"
                    + " OR e.principal <> i.principal"),
            crosses("outcome", "interaction"),
            crosses("exposure", "interaction"),
            crosses("withheld", "interaction"),
            crosses("confidence", "interaction"),
            crosses("evidence", "interaction"),
            crosses("anchor", "interaction"),
            crosses("emitted", "interaction"),
            new Question(
                "SELECT count(*) FROM decision",
                "SELECT 'a decision of space ' || d.space || ' is about an episode of ' || e.space"
                    + " FROM decision d JOIN episode e ON e.id = d.episode WHERE e.space <>"
                    + " d.space"),
            new Question(
                "SELECT count(*) FROM version WHERE successor IS NOT NULL",
                "SELECT 'item ' || v.experience || ' has a successor that its space does not have'"
                    + " FROM version v WHERE v.successor IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
                    + " version s WHERE s.space = v.space AND s.experience = v.successor)"),
            new Question(
                "SELECT count(*) FROM link",
                "SELECT 'a link names an item that space ' || l.space || ' does not have' FROM link"
                    + " l WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.space = l.space AND"
                    + " v.experience = l.one) OR NOT EXISTS (SELECT 1 FROM version v WHERE v.space"
                    + " = l.space AND v.experience = l.other)")));
  }

  private static Question crosses(String table, String reference) {
    return new Question(
        "SELECT count(*) FROM " + table,
        "SELECT 'a row of "
            + table
            + " in space ' || t.space || ' is about an interaction of ' || i.space FROM "
            + table
            + " t JOIN interaction i ON i.id = t."
            + reference
            + " WHERE i.space <> t.space");
  }
}
