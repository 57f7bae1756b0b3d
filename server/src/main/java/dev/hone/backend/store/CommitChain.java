package dev.hone.backend.store;

import dev.hone.experience.Digest;
import dev.hone.port.Check;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The commits of each space are a chain: numbered without a gap, each the digest of its parent, of
 * what it says of itself and of what it wrote; and the versions are what the commits say. Of a
 * forgotten version the salt is destroyed with the words: that it was written is all that is left.
 */
public final class CommitChain implements Check {

  private final Database database;

  public CommitChain(Database database) {
    this.database = database;
  }

  private record Row(
      String space, long sequence, String id, @Nullable String parent, List<String> covered) {}

  @Override
  public String name() {
    return "commits";
  }

  @Override
  public Finding examine(boolean fix, Progress progress) {
    Notes notes = new Notes();
    return database.read(
        handle -> {
          List<Row> rows = rows(handle);
          notes.examined(rows.size());
          Row before = null;
          long done = 0;
          for (Row row : rows) {
            follows(handle, before, row, notes);
            before = row;
            progress.at(++done, rows.size());
          }
          versions(handle, notes);
          return notes.finding();
        });
  }

  private static List<Row> rows(Handle handle) {
    return handle
        .createQuery("SELECT * FROM pool_commit ORDER BY space, sequence")
        .map(
            (set, context) ->
                new Row(
                    set.getString("space"),
                    set.getLong("sequence"),
                    set.getString("id"),
                    set.getString("parent"),
                    List.of(
                        Objects.requireNonNullElse(set.getString("parent"), ""),
                        set.getString("space"),
                        Long.toString(set.getLong("sequence")),
                        set.getString("kind"),
                        set.getString("author"),
                        set.getString("reason"),
                        Instant.ofEpochMilli(set.getLong("at")).toString())))
        .list();
  }

  private static void follows(Handle handle, @Nullable Row before, Row row, Notes notes) {
    boolean goesOn = before != null && before.space.equals(row.space);
    long expected = before != null && goesOn ? before.sequence + 1 : 1;
    String parent = before != null && goesOn ? before.id : null;
    List<String> covered = new ArrayList<>(row.covered);
    covered.addAll(
        handle
            .createQuery(
                "SELECT digest FROM touched WHERE space = :space AND sequence = :sequence ORDER BY"
                    + " position")
            .bind("space", row.space)
            .bind("sequence", row.sequence)
            .mapTo(String.class)
            .list());
    String what = "commit " + row.sequence + " of space " + row.space;
    if (row.sequence != expected || !Objects.equals(row.parent, parent)) {
      notes.wrong(what + " does not follow the one before", false);
    } else if (!CommitWriter.id(covered).equals(row.id)) {
      notes.wrong(what + " is not what it was", false);
    }
  }

  private static void versions(Handle handle, Notes notes) {
    handle
        .createQuery(
            "SELECT v.*, t.digest, EXISTS (SELECT 1 FROM forgotten f WHERE f.space = v.space AND"
                + " f.kind IN ('ITEM', 'VERSION') AND f.id IN (v.experience, v.experience || '/' ||"
                + " v.version)) AS forgotten FROM version v LEFT JOIN touched t ON t.space ="
                + " v.space AND t.sequence = v.sequence AND t.experience = v.experience AND"
                + " t.version_after = v.version AND t.version_before <> t.version_after")
        .map(
            (set, context) -> {
              notes.examined(1);
              String digest =
                  Digest.of(
                          set.getString("salt"),
                          set.getString("state"),
                          set.getString("kind"),
                          set.getString("type"),
                          set.getString("title"),
                          set.getString("applies_when"),
                          set.getString("content"))
                      .value();
              boolean destroyed =
                  set.getBoolean("forgotten")
                      && set.getString("salt").isEmpty()
                      && set.getString("digest") != null;
              if (!destroyed && !digest.equals(set.getString("digest"))) {
                notes.wrong(
                    "version "
                        + set.getInt("version")
                        + " of item "
                        + set.getString("experience")
                        + " is not what its commit wrote",
                    false);
              }
              return digest;
            })
        .forEach(digest -> {});
  }
}
