package dev.hone.backend.admit;

import dev.hone.experience.Change;
import dev.hone.experience.Edit;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a person's edit changes. What the person wrote is evidence like any other word said
 * afterwards, and counts towards the quorum; what the item rested on before stays, so that
 * forgetting finds it.
 */
public final class EditRules {

  private final Pool pool;
  private final AdmissionRules admission;

  public EditRules(Pool pool, AdmissionRules admission) {
    this.pool = pool;
    this.admission = admission;
  }

  /** The decision about an edit. */
  public sealed interface Decided {

    /** To be carried out. */
    record Carry(Change change) implements Decided {}

    /** Not to be carried out. */
    record Refuse(Edit.Result why) implements Decided {}
  }

  public Decided decide(String space, String principal, Edit edit) {
    return switch (edit) {
      case Edit.Create create -> {
        List<Evidence> word =
            List.of(Evidence.ofEdit(create.experience(), 1, create.lesson().content(), principal));
        yield new Decided.Carry(
            new Change.Add(
                create.experience(),
                create.lesson(),
                admission.state(word.stream()),
                principal,
                word,
                List.of()));
      }
      case Edit.Revise revise ->
          refused(space, principal, revise, revise.version())
              .orElseGet(() -> revised(space, principal, revise));
      case Edit.Withdraw withdraw ->
          refused(space, principal, withdraw, withdraw.version())
              .orElseGet(
                  () ->
                      new Decided.Carry(
                          new Change.Withdraw(withdraw.experience(), Optional.empty())));
    };
  }

  private Optional<Decided> refused(String space, String principal, Edit edit, int version) {
    Optional<Experience> found = pool.readable(space, edit.experience(), principal);
    if (found.isEmpty()) {
      return Optional.of(new Decided.Refuse(new Edit.Result.Missing()));
    }
    Experience item = found.get();
    return item.version() == version && item.state().shown()
        ? Optional.empty()
        : Optional.of(new Decided.Refuse(new Edit.Result.Stale(item)));
  }

  private Decided revised(String space, String principal, Edit.Revise revise) {
    List<Evidence> evidence = new ArrayList<>(pool.evidence(space, revise.experience()));
    Optional<Experience> before = pool.experience(space, revise.experience());
    evidence.add(
        Evidence.ofEdit(
            revise.experience(),
            revise.version() + 1,
            before
                .map(item -> written(item.lesson(), revise.lesson()))
                .orElse(revise.lesson().content()),
            principal));
    boolean active = before.filter(item -> item.state() == State.ACTIVE).isPresent();
    State state = active ? State.ACTIVE : admission.state(evidence.stream());
    return new Decided.Carry(
        new Change.Revise(revise.experience(), revise.lesson(), state, evidence));
  }

  /** What a person wrote: not a content, or a situation, that others said and that stayed. */
  private static String written(Lesson before, Lesson after) {
    if (!after.content().equals(before.content())) {
      return after.content();
    }
    return after.when().equals(before.when()) && !after.title().isBlank()
        ? after.title()
        : after.when();
  }
}
