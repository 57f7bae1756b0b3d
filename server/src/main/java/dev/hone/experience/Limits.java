package dev.hone.experience;

import java.util.Collection;
import java.util.Map;

/**
 * How many items a request is shown at most.
 *
 * @param standard of a type that has no limit of its own, at least 0
 * @param own by type, at least 0
 */
public record Limits(int standard, Map<String, Integer> own) {

  public Limits {
    own = Map.copyOf(own);
    if (standard < 0 || own.values().stream().anyMatch(limit -> limit < 0)) {
      throw new IllegalArgumentException("a request is shown no fewer than 0 items");
    }
  }

  /** The same for all types. */
  public static Limits of(int standard) {
    return new Limits(standard, Map.of());
  }

  /** Whether it is the same for all types. */
  public boolean uniform() {
    return own.isEmpty();
  }

  /** The limit of one type. */
  public int of(String type) {
    return own.getOrDefault(type, standard);
  }

  /** The largest limit of these types; of all types when there are none. */
  public int largest(Collection<String> types) {
    return types.isEmpty()
        ? own.values().stream().reduce(standard, Math::max)
        : types.stream().mapToInt(this::of).reduce(0, Math::max);
  }
}
