package dev.hone.backend.store;

import dev.hone.experience.Change;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.State;
import dev.hone.port.Forgotten;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Makes everything in a pool what it was after an earlier commit, but for what was forgotten since.
 * Only what differs is written, so that restoring a state that is there already changes nothing.
 */
final class Restoration {

  private final Handle handle;
  private final String space;
  private final CommitWriter.Draft draft;
  private final long target;
  private final int quorum;

  /** Items that stay as they are. */
  private final Set<String> staying = new HashSet<>();

  /**
   * @param draft the commit that does it
   * @param quorum distinct principals whose outcomes make an item active
   */
  Restoration(Handle handle, String space, CommitWriter.Draft draft, long target, int quorum) {
    this.handle = handle;
    this.space = space;
    this.draft = draft;
    this.target = target;
    this.quorum = quorum;
  }

  void run() {
    Set<String> rested = new HashSet<>(draft.evidence().changedSince(target));
    Set<String> items = new TreeSet<>(rested);
    items.addAll(moved());
    Set<String> robbed = Marks.among(handle, space, Forgotten.Kind.EVIDENCE, items);
    for (String id : items) {
      if (restore(id, robbed.contains(id)) && rested.contains(id)) {
        draft.evidence().restore(id, target);
        draft.mention(id, "evidence");
      }
    }
    restoreLinks();
  }

  private List<String> moved() {
    return handle
        .createQuery(
            "SELECT DISTINCT experience FROM version WHERE space = :space AND (sequence > :target"
                + " OR ended_by > :target)")
        .bind("space", space)
        .bind("target", target)
        .mapTo(String.class)
        .list();
  }

  /**
   * Returns false if the item stays as it is, with what it rests on: its words are destroyed, or
   * those of what took its place, or nothing is left of what it rested on.
   *
   * @param robbed whether some of its evidence is forgotten
   */
  private boolean restore(String id, boolean robbed) {
    Experience head = draft.current(id);
    Optional<Experience> then = draft.asOf(id, target);
    if (isForgotten(head) || then.filter(this::isForgotten).isPresent()) {
      staying.add(id);
      return false;
    }
    if (then.isEmpty()) {
      become(head, head, State.WITHDRAWN, head.owner());
      return true;
    }
    Experience old = then.get();
    if (!robbed || !old.state().shown()) {
      become(head, old, old.state(), old.owner());
      return true;
    }
    List<Evidence> left = SqlPool.evidence(handle, space, id, target);
    if (left.isEmpty()) {
      staying.add(id);
      return false;
    }
    become(
        head,
        old,
        Consequences.state(old.state(), left, quorum),
        Consequences.owner(old.owner(), left));
    return true;
  }

  private void become(Experience head, Experience old, State state, String owner) {
    if (!old.lesson().equals(head.lesson())
        || state != head.state()
        || !owner.equals(head.owner())
        || !Objects.equals(old.successor(), head.successor())) {
      draft.write(head, old.lesson(), state, owner, old.successor());
    }
  }

  /** Whether its words are destroyed, or those of what took its place. */
  private boolean isForgotten(Experience item) {
    Set<String> seen = new HashSet<>();
    Optional<Experience> at = Optional.of(item);
    while (at.isPresent() && seen.add(at.get().id())) {
      if (at.get().state() == State.PURGED) {
        return true;
      }
      at =
          Optional.ofNullable(at.get().successor())
              .flatMap(next -> draft.asOf(next, draft.sequence()));
    }
    return false;
  }

  /** What stays keeps its links, as far as the other end is what it was before. */
  private void restoreLinks() {
    List<Change.Link> then =
        draft.links().endedSince(target).stream()
            .filter(link -> draft.stands(link, target))
            .toList();
    draft.links().begunSince(target).stream()
        .filter(link -> !then.contains(link))
        .filter(link -> !stays(link) || !draft.stands(link, draft.sequence() - 1))
        .forEach(draft::unlink);
    then.forEach(draft::link);
  }

  private boolean stays(Change.Link link) {
    return staying.contains(link.experience()) || staying.contains(link.other());
  }
}
