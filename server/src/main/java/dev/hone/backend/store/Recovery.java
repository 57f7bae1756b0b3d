package dev.hone.backend.store;

import dev.hone.experience.Commit;
import dev.hone.experience.Experience;
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
          "withheld",
          "confidence",
          "session",
          "session_value",
          "session_item",
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
    items.forEach(item -> revert(draft, item, sequence));
    draft.relink(sequence);
    draft.end(Commit.Kind.FORGET, author, "undone: " + id, null);
  }

  /** Makes an item what it was before a commit, if nothing changed it after that one. */
  private static void revert(CommitWriter.Draft draft, String item, long undone) {
    Experience head = draft.current(item);
    Optional<Experience> then = draft.asOf(item, undone - 1);
    if (then.isPresent() && head.sequence() == undone) {
      Experience old = then.get();
      draft.write(head, old.lesson(), old.state(), old.owner(), old.successor());
    } else {
      draft.mention(item, "evidence");
    }
  }
}
