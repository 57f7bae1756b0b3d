package dev.hone.backend.retrieve;

import dev.hone.experience.Hit;
import dev.hone.experience.Query;
import java.util.HashMap;
import java.util.Map;

/** Takes what is good enough, best first, up to the limits of a query. For one thread. */
final class Wanted {

  private final Query query;
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  Wanted(Query query) {
    this.query = query;
  }

  /** Whether the limits leave room for one more. */
  boolean takes(Hit hit) {
    String type = hit.experience().lesson().type();
    int ofType = query.ofType().uniform() ? query.limit() : query.ofType().of(type);
    boolean room = all < query.limit() && taken.getOrDefault(type, 0) < ofType;
    if (room) {
      all++;
      taken.merge(type, 1, Integer::sum);
    }
    return room;
  }
}
