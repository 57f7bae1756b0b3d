package dev.hone.backend.admit;

import dev.hone.experience.Change;
import dev.hone.experience.Decision;
import dev.hone.experience.Experience;
import dev.hone.port.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes room in a full pool: of a type that is full, and then of the space, the oldest of the least
 * supported items go.
 */
public final class Room {

  /** An item that goes, and why. */
  public record Gone(Experience item, String why) {

    /** The change that takes it out. */
    public Change change() {
      return new Change.Withdraw(item.id(), Optional.empty());
    }

    /** How that is told to somebody: the item is named only to those who may see it. */
    public Decision decision(String principal) {
      boolean visible = item.visibleTo(principal);
      return new Decision(
          Decision.Made.DISCARD,
          visible ? item.id() : null,
          visible ? item.lesson().title() : "",
          why);
    }
  }

  private final Pool pool;
  private final int perType;
  private final int perSpace;

  /**
   * @param perType items shown at most, per space and type
   * @param perSpace items shown at most, per space
   */
  public Room(Pool pool, int perType, int perSpace) {
    this.pool = pool;
    this.perType = perType;
    this.perSpace = perSpace;
  }

  /**
   * The items that go, so that what these changes add has room. An item that the changes touch
   * stays.
   *
   * @param known the items shown now
   */
  public List<Gone> make(String space, Known known, List<Change> changes) {
    Map<String, Long> added =
        types(
            changes.stream()
                .filter(Change.Add.class::isInstance)
                .map(change -> ((Change.Add) change).lesson().type()));
    if (added.isEmpty()) {
      return List.of();
    }
    Map<String, Long> withdrawn =
        types(
            changes.stream()
                .filter(Change.Withdraw.class::isInstance)
                .flatMap(change -> known.type(change.experience()).stream()));
    Set<String> staying = changes.stream().map(Change::experience).collect(Collectors.toSet());
    List<Gone> gone = new ArrayList<>();
    added.forEach(
        (type, more) -> {
          long excess = known.size(type) - withdrawn.getOrDefault(type, 0L) + more - perType;
          gone.addAll(leaving(space, type, staying, excess, "type " + type, perType));
        });
    gone.forEach(each -> staying.add(each.item.id()));
    long excess = known.size() - sum(withdrawn) + sum(added) - gone.size() - perSpace;
    gone.addAll(leaving(space, null, staying, excess, "the space", perSpace));
    return gone;
  }

  private static Map<String, Long> types(Stream<String> types) {
    return types.collect(Collectors.groupingBy(type -> type, Collectors.counting()));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(count -> count).sum();
  }

  private List<Gone> leaving(
      String space,
      @Nullable String type,
      Set<String> staying,
      long excess,
      String full,
      int holding) {
    if (excess <= 0) {
      return List.of();
    }
    String why =
        String.format(
            Locale.ROOT,
            "made room: %s is full with %d items, and this was the oldest of the least supported",
            full,
            holding);
    return pool.leastSupported(space, type, Math.toIntExact(excess + staying.size())).stream()
        .filter(item -> !staying.contains(item.id()))
        .limit(excess)
        .map(item -> new Gone(item, why))
        .toList();
  }
}
