package dev.hone.backend.store;

import dev.hone.experience.Change;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Role;
import dev.hone.experience.State;
import dev.hone.port.Forgetting.Fate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What a survey means for the pool: the changes to be made, the items that come back, and the
 * interactions of others that are to be learned from again, so that nothing of what they said is
 * lost.
 */
final class Consequences {

  private final Handle handle;
  private final String space;
  private final Survey survey;
  private final int quorum;
  private final Map<String, Fate> fates;
  private final List<Change> changes = new ArrayList<>();
  private final Set<String> again = new TreeSet<>();
  private final Set<Long> condensations = new TreeSet<>();

  /**
   * @param quorum distinct principals whose outcomes make an item active
   */
  Consequences(Handle handle, String space, Survey survey, int quorum) {
    this.handle = handle;
    this.space = space;
    this.survey = survey;
    this.quorum = quorum;
    this.fates = new TreeMap<>(survey.fates());
    survey.fates().forEach((id, fate) -> change(survey.item(id), fate));
  }

  /** What becomes of each item. */
  Map<String, Fate> fates() {
    return fates;
  }

  List<Change> changes() {
    return changes;
  }

  /** The commits that had taken out what comes back. */
  Set<Long> condensations() {
    return condensations;
  }

  /** Interactions that are to be learned from again. */
  Set<String> again() {
    return again;
  }

  private void change(ItemHistory item, Fate fate) {
    if (!item.lives()) {
      return;
    }
    List<Evidence> left = left(item);
    if (fate == Fate.KEPT) {
      Experience head = item.head();
      changes.add(
          new Change.TakeBack(
              item.id(), state(item, head.state(), left), owner(head.owner(), left), List.of()));
      return;
    }
    changes.add(new Change.Withdraw(item.id(), Optional.empty()));
    Set<String> kept = new HashSet<>();
    bringBack(item.id(), kept);
    Set<String> said = new TreeSet<>();
    left.stream()
        .map(Evidence::interaction)
        .filter(interaction -> !kept.contains(interaction))
        .forEach(said::add);
    Set<String> learnable = learnable(said);
    if (!learnable.isEmpty()) {
      again.addAll(learnable);
      fates.put(item.id(), Fate.REDERIVED);
    }
  }

  private List<Evidence> left(ItemHistory item) {
    return item.left(survey.evidence()::containsKey);
  }

  /**
   * Brings back what was condensed into an item, or into what was.
   *
   * @param kept the interactions that what comes back rests on are added here
   */
  private void bringBack(String child, Set<String> kept) {
    List<String> parents =
        handle
            .createQuery(
                "SELECT experience FROM version WHERE space = :space AND state = 'WITHDRAWN' AND"
                    + " successor = :child AND ended_by IS NULL ORDER BY experience")
            .bind("space", space)
            .bind("child", child)
            .mapTo(String.class)
            .list();
    for (String id : parents) {
      ItemHistory parent = survey.item(id);
      List<Evidence> left = left(parent);
      Optional<State> before = lastShown(parent);
      if (left.isEmpty() || before.isEmpty() || fates.get(id) == Fate.ERASED) {
        bringBack(id, kept);
      } else if (fates.get(id) != Fate.RESTORED) {
        fates.put(id, Fate.RESTORED);
        condensations.add(parent.head().sequence());
        changes.add(
            new Change.Revise(id, parent.head().lesson(), state(parent, before.get(), left), left));
        left.forEach(span -> kept.add(span.interaction()));
      }
    }
  }

  private static Optional<State> lastShown(ItemHistory item) {
    return item.versions().reversed().stream()
        .map(Experience::state)
        .filter(State::shown)
        .findFirst();
  }

  private State state(ItemHistory item, State before, List<Evidence> left) {
    return left.size() == item.left(row -> false).size() ? before : state(before, left, quorum);
  }

  /**
   * What is left of a state when some of the evidence goes: with fewer voices an item may be a
   * candidate again.
   *
   * @param quorum distinct principals whose outcomes make an item active
   */
  static State state(State before, List<Evidence> left, int quorum) {
    long voices =
        left.stream()
            .filter(span -> span.role() == Role.OUTCOME)
            .map(Evidence::principal)
            .distinct()
            .count();
    return before == State.ACTIVE && voices < quorum ? State.CANDIDATE : before;
  }

  /** Whose an item is by the evidence that is left: its owner's, if anything of the owner's is. */
  static String owner(String before, List<Evidence> left) {
    return left.stream().anyMatch(span -> span.principal().equals(before))
        ? before
        : left.getFirst().principal();
  }

  /** Those that are in an episode of which no words were let go. */
  private Set<String> learnable(Set<String> said) {
    Set<String> learnable = new TreeSet<>();
    for (List<String> some : Vault.batches(said)) {
      learnable.addAll(
          handle
              .createQuery(
                  "SELECT i.id FROM interaction i WHERE i.space = :space AND i.id IN (<ids>) AND"
                      + " i.state = 'COMPLETED' AND i.episode IS NOT NULL AND NOT EXISTS (SELECT 1"
                      + " FROM interaction x WHERE x.episode = i.episode AND x.state = 'EXPIRED')")
              .bind("space", space)
              .bindList("ids", some)
              .mapTo(String.class)
              .collect(Collectors.toSet()));
    }
    return learnable;
  }
}
