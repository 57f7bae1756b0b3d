package dev.hone.backend.store;

import dev.hone.experience.Commit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Puts back what a forgetting took out, in one transaction, and makes its items what they were. It
 * is the last of its space that is not undone, so that no other covers anything of this.
 */
final class Recovery {

  private static final List<String> WHOLE =
      List.of(
          "message",
          "parameters",
          "interaction",
          "interaction_message",
          "exposure",
          "anchor",
          "emitted",
          "decision",
          "evidence",
          "outcome",
          "version");

  private final Handle handle;
  private final String space;
  private final String id;
  private final Vault vault;

  Recovery(Handle handle, String space, String id) {
    this.handle = handle;
    this.space = space;
    this.id = id;
    this.vault = new Vault(handle, id, space);
  }

  void run(CommitWriter writer, String author) {
    WHOLE.forEach(vault::putBack);
    vault.putBackParts();
    handle.execute(
        "UPDATE interaction SET state = 'INTERRUPTED' WHERE state = 'OPENED' AND id IN (SELECT f.id"
            + " FROM forgotten f WHERE f.forgetting = ? AND f.kind = 'INTERACTION')",
        id);
    new ForgottenEpisodes(handle, vault).giveBack();
    sequence().ifPresent(sequence -> revert(writer, author, sequence));
    vault.empty();
    handle.execute("DELETE FROM forgotten WHERE forgetting = ?", id);
    handle.execute("UPDATE forgetting SET state = 'UNDONE' WHERE id = ?", id);
  }

  private Optional<Long> sequence() {
    return handle
        .createQuery("SELECT sequence FROM forgetting WHERE id = :id AND sequence IS NOT NULL")
        .bind("id", id)
        .mapTo(Long.class)
        .findOne();
  }

  private void revert(CommitWriter writer, String author, long sequence) {
    List<String> items =
        handle
            .createQuery(
                "SELECT DISTINCT experience FROM touched WHERE space = :space AND sequence ="
                    + " :sequence ORDER BY experience")
            .bind("space", space)
            .bind("sequence", sequence)
            .mapTo(String.class)
            .list();
    if (items.isEmpty()) {
      return;
    }
    CommitWriter.Draft draft = writer.begin(handle, space);
    items.forEach(item -> draft.revert(item, sequence));
    draft.end(Commit.Kind.FORGET, author, "undone: " + id, null);
  }
}
