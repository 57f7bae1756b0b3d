package dev.hone.backend.admit;

import dev.hone.experience.Decision;
import dev.hone.experience.Experience;
import dev.hone.experience.State;
import dev.hone.port.Check;
import dev.hone.port.Pool;
import dev.hone.port.Spaces;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Items that are shown and {@linkplain Likeness#near near} one another, by all that ever was set,
 * were linked when the later was written, or it was linked with as many as one is. Looked at are
 * items that admission decided to add, with what was written before them; of two candidates of
 * different owners nothing can be told.
 */
public final class NearDuplicates implements Check {

  private final Pool pool;
  private final Spaces spaces;
  private final Function<Pool.Linking, Likeness> measure;

  /**
   * @param measure the rule by which items were linked
   */
  public NearDuplicates(Pool pool, Spaces spaces, Function<Pool.Linking, Likeness> measure) {
    this.pool = pool;
    this.spaces = spaces;
    this.measure = measure;
  }

  @Override
  public String name() {
    return "near-duplicates";
  }

  @Override
  public Finding examine(boolean fix, Progress progress) {
    Notes notes = new Notes();
    List<Likeness> rules = pool.linkings().stream().map(measure).toList();
    if (rules.isEmpty()) {
      return notes.finding();
    }
    List<Spaces.Space> all = spaces.list();
    long done = 0;
    for (Spaces.Space space : all) {
      if (space.learning() == Spaces.LearningMode.DISTILL) {
        examine(space.name(), rules, notes);
      }
      progress.at(++done, all.size());
    }
    return notes.finding();
  }

  /** Items near by the first rule are found; the others must agree. */
  private void examine(String space, List<Likeness> rules, Notes notes) {
    Map<String, Experience> items = new HashMap<>();
    Known known = rules.getFirst().known();
    for (Experience item : pool.inStates(space, List.of(State.CANDIDATE, State.ACTIVE))) {
      items.put(item.id(), item);
      known.put(item.id(), item.lesson());
    }
    notes.examined(items.size());
    for (Experience item : items.values()) {
      if (admitted(item)) {
        known.near(item.lesson()).stream()
            .flatMap(match -> Optional.ofNullable(items.get(match.key())).stream())
            .filter(other -> before(other, item) && !separate(other, item))
            .filter(
                other ->
                    rules.stream()
                        .skip(1)
                        .allMatch(rule -> rule.near(item.lesson(), other.lesson())))
            .filter(other -> !linked(item, other))
            .findFirst()
            .ifPresent(
                other ->
                    notes.wrong(
                        "item " + item.id() + " is near " + other.id() + ", and not linked",
                        false));
      }
    }
  }

  /** Whether admission decided to add it, while it was on, and nothing wrote it since. */
  private boolean admitted(Experience item) {
    return item.version() == 1
        && pool.decisionsAbout(item.space(), item.id()).stream()
            .map(Pool.Decided::decision)
            .anyMatch(
                each ->
                    each.made() == Decision.Made.ADD_NEW
                        && !each.reason().startsWith(AdmissionRules.OFF));
  }

  private static boolean before(Experience other, Experience item) {
    return !other.id().equals(item.id())
        && other.version() == 1
        && (other.sequence() < item.sequence()
            || (other.sequence() == item.sequence() && other.id().compareTo(item.id()) < 0));
  }

  private static boolean separate(Experience one, Experience other) {
    return one.state() == State.CANDIDATE
        && other.state() == State.CANDIDATE
        && !one.owner().equals(other.owner());
  }

  /** By the commit that wrote the item, whatever became of the link since. */
  private boolean linked(Experience item, Experience other) {
    Set<String> linked = pool.linkedAt(item.space(), item.id(), item.sequence());
    return linked.contains(other.id()) || linked.size() >= Links.MOST;
  }
}
