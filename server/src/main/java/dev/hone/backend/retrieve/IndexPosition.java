package dev.hone.backend.retrieve;

import dev.hone.port.Check;
import dev.hone.port.Pool;
import dev.hone.port.Spaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The index of each space is whole and stands at the newest commit of its pool. */
public final class IndexPosition implements Check {

  private final Path folder;
  private final Pool pool;
  private final Spaces spaces;
  private final Consumer<String> rebuild;

  /**
   * @param folder where the indexes lie
   * @param rebuild puts the index of a space right
   */
  public IndexPosition(Path folder, Pool pool, Spaces spaces, Consumer<String> rebuild) {
    this.folder = folder;
    this.pool = pool;
    this.spaces = spaces;
    this.rebuild = rebuild;
  }

  @Override
  public String name() {
    return "search index";
  }

  @Override
  public Finding examine(boolean fix, Progress progress) {
    Notes notes = new Notes();
    List<Spaces.Space> all = spaces.list();
    for (Spaces.Space space : all) {
      notes.examined(1);
      Optional<String> wrong = wrong(space.name());
      if (wrong.isPresent()) {
        if (fix) {
          rebuild.accept(space.name());
        }
        notes.wrong("the index of space " + space.name() + " " + wrong.get(), fix);
      }
      progress.at(notes.finding().examined(), all.size());
    }
    return notes.finding();
  }

  private Optional<String> wrong(String space) {
    long head = pool.head(space);
    if (head == 0) {
      return Optional.empty();
    }
    try {
      long position = SpaceIndex.committedPosition(folder.resolve(space));
      return position == head
          ? Optional.empty()
          : Optional.of("stands at commit " + position + ", the pool at " + head);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
  }
}
