package dev.hone.network;

import dev.hone.experience.Admission;
import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Hit;
import dev.hone.experience.Query;
import dev.hone.port.Backend;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Routes experience and queries by type to backends (paper section 3.2). */
public final class Network {

  private final Map<String, Backend> routes;
  private final Backend standard;

  /**
   * @param routes the backend of each type that has one of its own
   * @param standard the backend of all other types
   */
  public Network(Map<String, Backend> routes, Backend standard) {
    this.routes = Map.copyOf(routes);
    this.standard = standard;
  }

  /** The backend for a type. */
  public Backend route(String type) {
    return routes.getOrDefault(type, standard);
  }

  /** Every backend, each once. */
  public Collection<Backend> backends() {
    Set<Backend> all = new LinkedHashSet<>(routes.values());
    all.add(standard);
    return all;
  }

  /**
   * Asks the backends of the query's types, or all; the best hits of all, by the share of the query
   * they match.
   */
  public List<Hit> retrieve(Query query) {
    Collection<Backend> asked = backends();
    if (asked.size() == 1) {
      return standard.retrieve(query);
    }
    Map<Backend, Set<String>> types = new LinkedHashMap<>();
    if (query.types().isEmpty()) {
      asked.forEach(backend -> types.put(backend, Set.of()));
    } else {
      query.types().stream()
          .sorted()
          .forEach(
              type -> types.computeIfAbsent(route(type), any -> new LinkedHashSet<>()).add(type));
    }
    List<Hit> hits = new ArrayList<>();
    types.forEach((backend, some) -> hits.addAll(backend.retrieve(query.ofTypes(some))));
    hits.sort(Comparator.comparingDouble(Hit::coverage).thenComparingDouble(Hit::score).reversed());
    return hits.subList(0, Math.min(query.limit(), hits.size()));
  }

  /** Sends each draft of an episode to the backend of its type. */
  public List<Admission> store(Episode episode, List<Draft> drafts) {
    Map<Backend, List<Draft>> parts = new LinkedHashMap<>();
    drafts.forEach(
        draft ->
            parts
                .computeIfAbsent(route(draft.lesson().type()), any -> new ArrayList<>())
                .add(draft));
    List<Admission> admissions = new ArrayList<>();
    parts.forEach((backend, some) -> admissions.addAll(backend.store(episode, some)));
    return admissions;
  }
}
