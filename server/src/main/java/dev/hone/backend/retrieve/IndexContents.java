package dev.hone.backend.retrieve;

import dev.hone.experience.Experience;
import dev.hone.port.Check;
import dev.hone.port.Pool;
import dev.hone.port.Spaces;
import dev.hone.similarity.Analysis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The index of each space holds what the pool holds: every version that was ever shown, with its
 * terms, the commits between which it counts and who may see it, and nothing else.
 */
public final class IndexContents implements Check {

  private final Path folder;
  private final Pool pool;
  private final Spaces spaces;
  private final Analysis analysis;
  private final Consumer<String> rebuild;

  /**
   * @param folder where the indexes lie
   * @param rebuild makes the index of a space anew
   */
  public IndexContents(
      Path folder, Pool pool, Spaces spaces, Analysis analysis, Consumer<String> rebuild) {
    this.folder = folder;
    this.pool = pool;
    this.spaces = spaces;
    this.analysis = analysis;
    this.rebuild = rebuild;
  }

  @Override
  public String name() {
    return "search index contents";
  }

  @Override
  public Finding examine(boolean fix, Progress progress) {
    Notes notes = new Notes();
    long done = 0;
    var all = spaces.list();
    for (Spaces.Space space : all) {
      examine(space.name(), fix, notes);
      progress.at(++done, all.size());
    }
    return notes.finding();
  }

  private void examine(String space, boolean fix, Notes notes) {
    Map<String, IndexedVersions.Entry> expected = expected(space);
    Map<String, IndexedVersions.Entry> found;
    try {
      found = expected.isEmpty() ? Map.of() : IndexedVersions.in(folder.resolve(space));
    } catch (IOException | IllegalArgumentException e) {
      // Told by the check of the index's position, which comes before.
      return;
    }
    Set<String> keys = new HashSet<>(expected.keySet());
    keys.addAll(found.keySet());
    notes.examined(keys.size());
    boolean wrong = false;
    for (String key : keys) {
      IndexedVersions.Entry entry = found.get(key);
      if (entry == null || !entry.equals(expected.get(key))) {
        wrong = true;
        notes.wrong(
            "the index of space "
                + space
                + (entry == null
                    ? " lacks version "
                    : expected.containsKey(key) ? " says other things of " : " should not have ")
                + key,
            fix);
      }
    }
    if (wrong && fix) {
      rebuild.accept(space);
    }
  }

  private Map<String, IndexedVersions.Entry> expected(String space) {
    Map<String, IndexedVersions.Entry> expected = new HashMap<>();
    for (Pool.Projected projected : pool.writtenAfter(space, 0)) {
      Experience item = projected.experience();
      if (item.state().shown()) {
        expected.put(
            item.id() + ":" + item.version(),
            IndexedVersions.Entry.of(item, projected.until(), analysis));
      }
    }
    return expected;
  }
}
