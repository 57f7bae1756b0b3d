package dev.hone.backend.store;

import dev.hone.experience.Evidence;
import dev.hone.experience.Interaction;
import dev.hone.experience.Quotation;
import dev.hone.experience.Role;
import dev.hone.port.Check;
import dev.hone.similarity.Sentences;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What an item rests on now stands word for word in an interaction of its space, or in a person's
 * edit of it; every item that is shown rests on something. Of an interaction whose words were let
 * go only that it is there can be checked, and of an edit whose version is not here or forgotten
 * nothing.
 */
public final class EvidenceSpans implements Check {

  private final Database database;
  private final Interactions interactions = new Interactions();

  public EvidenceSpans(Database database) {
    this.database = database;
  }

  private record Row(String space, String experience, Evidence evidence) {}

  @Override
  public String name() {
    return "evidence";
  }

  @Override
  public Finding examine(boolean fix, Progress progress) {
    Notes notes = new Notes();
    return database.read(
        handle -> {
          List<Row> rows = rows(handle);
          notes.examined(rows.size());
          Reader reader = new Reader(handle);
          long done = 0;
          for (Row row : rows) {
            wrong(handle, reader, row)
                .ifPresent(
                    why ->
                        notes.wrong(
                            "item "
                                + row.experience
                                + " rests on "
                                + row.evidence.interaction()
                                + ", "
                                + why,
                            false));
            progress.at(++done, rows.size());
          }
          resting(handle, notes);
          return notes.finding();
        });
  }

  private static List<Row> rows(Handle handle) {
    return handle
        .createQuery(
            "SELECT space, experience, interaction, role, quote, principal FROM evidence WHERE"
                + " ended_by IS NULL ORDER BY space, interaction")
        .map(
            (set, context) ->
                new Row(
                    set.getString(1),
                    set.getString(2),
                    new Evidence(
                        set.getString(3),
                        Role.valueOf(set.getString(4)),
                        set.getString(5),
                        set.getString(6))))
        .list();
  }

  private static Optional<String> wrong(Handle handle, Reader reader, Row row) {
    if (row.evidence.isEdit()) {
      return writtenOtherwise(handle, row)
          ? Optional.of("which nobody wrote in that edit")
          : Optional.empty();
    }
    Optional<Interaction> found = reader.interaction(row.space, row.evidence.interaction());
    if (found.isEmpty()) {
      return Optional.of("which the space does not have");
    }
    return Quotation.stands(found.get(), row.evidence)
        ? Optional.empty()
        : Optional.of("where that does not stand");
  }

  /** Whether the version that the edit made is here and does not say the quote. */
  private static boolean writtenOtherwise(Handle handle, Row row) {
    return row.evidence
        .edited()
        .flatMap(
            edited ->
                handle
                    .createQuery(
                        "SELECT title || ' ' || applies_when || ' ' || content FROM version WHERE"
                            + " space = :space AND experience = :experience AND version = :version"
                            + " AND state <> 'PURGED'")
                    .bind("space", row.space)
                    .bind("experience", edited.experience())
                    .bind("version", edited.version())
                    .mapTo(String.class)
                    .findOne())
        .filter(text -> !Sentences.folded(text).contains(Sentences.folded(row.evidence.quote())))
        .isPresent();
  }

  private static void resting(Handle handle, Notes notes) {
    String shown = " FROM version v WHERE v.ended_by IS NULL AND v.state IN ('CANDIDATE','ACTIVE')";
    notes.examined(handle.createQuery("SELECT count(*)" + shown).mapTo(Long.class).one());
    handle
        .createQuery(
            "SELECT v.experience"
                + shown
                + " AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.space = v.space AND"
                + " e.experience = v.experience AND e.ended_by IS NULL)")
        .mapTo(String.class)
        .forEach(item -> notes.wrong("item " + item + " rests on nothing", false));
  }

  /** Reads an interaction once for all that rest on it, as these come together. */
  private final class Reader {

    private final Handle handle;
    private @Nullable String space;
    private @Nullable String id;
    private Optional<Interaction> last = Optional.empty();

    Reader(Handle handle) {
      this.handle = handle;
    }

    Optional<Interaction> interaction(String wantedSpace, String wanted) {
      if (!wanted.equals(id) || !Objects.equals(wantedSpace, space)) {
        last = interactions.one(handle, wantedSpace, wanted);
        space = wantedSpace;
        id = wanted;
      }
      return last;
    }
  }
}
