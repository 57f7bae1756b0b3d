package dev.hone.backend.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.experience.Selection;
import dev.hone.experience.Selection.By;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Imports that a forgetting names, and those of exports that are not finished and hold what it
 * covers: what of them is set aside goes, and how far they are is known no more. Run again, they
 * begin anew. Nothing of it is kept for an undo.
 */
final class ForgottenImports {

  private final ObjectMapper json = new ObjectMapper();
  private final Selection selection;
  private final Optional<Phrase> phrase;
  private final Set<String> ids;

  /**
   * @param phrase of a selection by words, if it is one of everybody's
   * @param ids of interactions and items that go
   */
  ForgottenImports(Selection selection, Optional<Phrase> phrase, Set<String> ids) {
    this.selection = selection;
    this.phrase = phrase;
    this.ids = ids;
  }

  void drop(Handle handle, String space) {
    Set<String> sources =
        new TreeSet<>(
            handle
                .createQuery("SELECT source, line FROM staged WHERE space = :space")
                .bind("space", space)
                .map((set, context) -> holds(read(set.getString(2))) ? set.getString(1) : "")
                .filter(source -> !source.isEmpty())
                .list());
    if (selection.by() == By.SOURCE && selection.principal() == null) {
      sources.add(selection.value());
    }
    for (String source : sources) {
      handle.execute("DELETE FROM staged WHERE space = ? AND source = ?", space, source);
      handle.execute("DELETE FROM import WHERE space = ? AND source = ?", space, source);
    }
  }

  private boolean holds(JsonNode line) {
    if (line.isTextual()) {
      String text = line.asText();
      return ids.contains(text)
          || (selection.by() == By.PRINCIPAL && selection.value().equals(text))
          || phrase.filter(each -> each.in(text)).isPresent();
    }
    return line.valueStream().anyMatch(this::holds);
  }

  private JsonNode read(String line) {
    try {
      return json.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was set aside could be read before", e);
    }
  }
}
