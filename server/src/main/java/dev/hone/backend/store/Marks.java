package dev.hone.backend.store;

import dev.hone.port.Forgotten;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** What is known to be forgotten: ids and keyed digests, kept for good. */
final class Marks {

  private Marks() {}

  static void put(
      Handle handle, String space, Forgotten.Kind kind, Collection<String> ids, String by) {
    for (String id : ids) {
      handle.execute(
          "INSERT OR IGNORE INTO forgotten VALUES (?, ?, ?, ?)", space, kind.name(), id, by);
    }
  }

  static Set<String> among(
      Handle handle, String space, Forgotten.Kind kind, Collection<String> ids) {
    Set<String> found = new TreeSet<>();
    for (List<String> some : Vault.batches(ids)) {
      found.addAll(
          handle
              .createQuery(
                  "SELECT DISTINCT id FROM forgotten WHERE space = :space AND kind = :kind AND id"
                      + " IN (<ids>)")
              .bind("space", space)
              .bind("kind", kind.name())
              .bindList("ids", some)
              .mapTo(String.class)
              .list());
    }
    return found;
  }

  /** Whether an item that is forgotten stood in the prompt of an interaction. */
  static boolean shownIn(Handle handle, String space, String interaction) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT 1 FROM exposure e JOIN forgotten f ON f.space = e.space AND"
                + " f.kind = 'ITEM' AND f.id = e.experience WHERE e.interaction = :id AND e.space ="
                + " :space)")
        .bind("space", space)
        .bind("id", interaction)
        .mapTo(Boolean.class)
        .one();
  }

  /** Whether what a principal said of an interaction that stays is forgotten. */
  static boolean unsaid(Handle handle, String space, String interaction, String principal) {
    String id = interaction + "/" + principal;
    return !among(handle, space, Forgotten.Kind.OUTCOME, List.of(id)).isEmpty();
  }
}
