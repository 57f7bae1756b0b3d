package dev.hone.backend.admit;

import dev.hone.experience.Change;
import dev.hone.experience.Decision;
import dev.hone.experience.Experience;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** How that is told. */
    public Decision decision() {
      return new Decision(Decision.Made.DISCARD, item.id(), item.lesson().title(), why);
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
   * @param shown how many items the space shows now
   */
  public List<Gone> make(String space, int shown, List<Change> changes) {
    Map<String, Long> added =
        changes.stream()
            .filter(Change.Add.class::isInstance)
            .map(change -> ((Change.Add) change).lesson().type())
            .collect(Collectors.groupingBy(type -> type, Collectors.counting()));
    long more = added.values().stream().mapToLong(count -> count).sum();
    if (more == 0 || shown + more <= Math.min(perType, perSpace)) {
      return List.of();
    }
    Set<String> withdrawn =
        changes.stream()
            .filter(Change.Withdraw.class::isInstance)
            .map(Change::experience)
            .collect(Collectors.toSet());
    List<Experience> there =
        pool.inStates(space, List.of(State.CANDIDATE, State.ACTIVE)).stream()
            .filter(item -> !withdrawn.contains(item.id()))
            .sorted(Comparator.comparingInt(Experience::support).thenComparing(Experience::id))
            .toList();
    Set<String> staying = changes.stream().map(Change::experience).collect(Collectors.toSet());
    List<Gone> gone = new ArrayList<>();
    added.forEach(
        (type, adding) -> {
          List<Experience> ofType =
              there.stream().filter(item -> item.lesson().type().equals(type)).toList();
          String why =
              "made room: type "
                  + type
                  + " is full with "
                  + perType
                  + " items, and this was the oldest of the least supported";
          leave(gone, ofType, staying, ofType.size() + adding - perType, why);
        });
    Set<String> left = new HashSet<>(staying);
    gone.forEach(each -> left.add(each.item.id()));
    String why =
        "made room: the space is full with "
            + perSpace
            + " items, and this was the oldest of the least supported";
    leave(gone, there, left, there.size() + more - gone.size() - perSpace, why);
    return gone;
  }

  private static void leave(
      List<Gone> gone, List<Experience> items, Set<String> staying, long excess, String why) {
    items.stream()
        .filter(item -> !staying.contains(item.id()))
        .limit(Math.max(0, excess))
        .forEach(item -> gone.add(new Gone(item, why)));
  }
}
