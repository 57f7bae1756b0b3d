package dev.hone.backend.store;

import dev.hone.port.Forgotten;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What was forgotten, in SQL: sources are kept as keyed digests only. */
public final class SqlForgotten implements Forgotten {

  private final Database database;
  private final UnaryOperator<String> keyed;

  /**
   * @param keyed the keyed digest of a source
   */
  public SqlForgotten(Database database, UnaryOperator<String> keyed) {
    this.database = database;
    this.keyed = keyed;
  }

  @Override
  public Set<String> among(String space, Kind kind, Collection<String> ids) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    Map<String, String> kept = new HashMap<>();
    ids.forEach(id -> kept.put(kind == Kind.SOURCE ? keyed.apply(id) : id, id));
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT id FROM forgotten WHERE space = :space AND kind = :kind AND id IN"
                        + " (<ids>)")
                .bind("space", space)
                .bind("kind", kind.name())
                .bindList("ids", kept.keySet())
                .mapTo(String.class)
                .stream()
                .map(id -> kept.getOrDefault(id, id))
                .collect(Collectors.toSet()));
  }
}
