package dev.hone.backend.store;

import dev.hone.port.Check;

/**
 * Of what is forgotten the tables hold no words, nothing rests on it, and what is destroyed lies
 * nowhere apart.
 */
public final class ForgottenWords implements Check {

  private static final String INTERACTION =
      "SELECT 'interaction ' || i.id || ' is forgotten and ' || %s FROM interaction i WHERE i.state"
          + " = 'FORGOTTEN' AND %s";

  private final Database database;

  public ForgottenWords(Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "forgotten words";
  }

  @Override
  public Finding examine(boolean fix, Progress progress) {
    Notes notes = new Notes();
    notes.examined(
        database.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT (SELECT count(*) FROM interaction WHERE state = 'FORGOTTEN') +"
                            + " (SELECT count(*) FROM version WHERE state = 'PURGED')")
                    .mapTo(Long.class)
                    .one()));
    wrong(
        notes,
        INTERACTION.formatted(
            "'still has words'",
            "(i.answer IS NOT NULL OR i.raw IS NOT NULL OR i.session IS NOT NULL OR i.end_user IS"
                + " NOT NULL OR EXISTS (SELECT 1 FROM interaction_message m WHERE m.interaction ="
                + " i.id) OR EXISTS (SELECT 1 FROM outcome o WHERE o.interaction = i.id))"));
    wrong(
        notes,
        INTERACTION.formatted(
            "'an item rests on it'",
            "EXISTS (SELECT 1 FROM evidence e WHERE e.space = i.space AND e.interaction = i.id)"));
    wrong(
        notes,
        "SELECT 'version ' || version || ' of item ' || experience || ' is forgotten and still has"
            + " words' FROM version WHERE state = 'PURGED' AND (salt <> '' OR title <> '' OR"
            + " content <> '"
            + Removal.NOTHING
            + "')");
    wrong(
        notes,
        "SELECT 'forgetting ' || f.id || ' is destroyed, and rows of it are left' FROM forgetting f"
            + " WHERE f.state IN ('PURGING', 'PURGED') AND EXISTS (SELECT 1 FROM sealed s WHERE"
            + " s.forgetting = f.id)");
    return notes.finding();
  }

  private void wrong(Notes notes, String query) {
    for (String what :
        database.read(handle -> handle.createQuery(query).mapTo(String.class).list())) {
      notes.examined(1);
      notes.wrong(what, false);
    }
  }
}
