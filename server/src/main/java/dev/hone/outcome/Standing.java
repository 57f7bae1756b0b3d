package dev.hone.outcome;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Experience;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Changes the standing of items by their outcomes: what is shown and does harm is put into
 * quarantine; a candidate that helps is made active. Both only when it is established, with false
 * discoveries over all items of the space controlled ({@link Discoveries}), and both by a commit,
 * which can be undone. What was changed, or undone, is a new version of the item, of which nothing
 * is known yet.
 *
 * <p>A candidate is shown to one principal only, so its outcomes are one voice: where more have to
 * agree, it is left to them.
 */
public final class Standing {

  private static final String AUTHOR = "outcomes";
  private static final List<State> SHOWN = List.of(State.CANDIDATE, State.ACTIVE);

  private final Lifts lifts;
  private final Pool pool;
  private final double level;
  private final int quorum;

  /**
   * @param level share of the discoveries that may be false, in (0, 1)
   * @param quorum distinct principals whose outcomes make an item active
   */
  public Standing(Lifts lifts, Pool pool, double level, int quorum) {
    this.lifts = lifts;
    this.pool = pool;
    this.level = level;
    this.quorum = quorum;
  }

  /** An item that is to stand otherwise. */
  public record Due(Experience item, State state, Lift lift) {

    String reason() {
      return String.format(
          Locale.ROOT,
          "%s of %s is established: lift %+.2f (%+.2f to %+.2f) over %d sessions shown it and %d"
              + " not",
          state == State.QUARANTINED ? "harm" : "help",
          item.id(),
          lift.estimate(),
          lift.low(),
          lift.high(),
          lift.shown(),
          lift.notShown());
    }
  }

  /** The items of a space that are to stand otherwise now. */
  public List<Due> due(String space) {
    Map<Lifts.Item, Lift> known = lifts.of(space).items();
    Map<Lifts.Item, Double> harm = new HashMap<>();
    Map<Lifts.Item, Double> help = new HashMap<>();
    known.forEach(
        (item, lift) -> {
          harm.put(item, lift.harm());
          help.put(item, lift.help());
        });
    Set<Lifts.Item> harmful = Discoveries.among(harm, level);
    Set<Lifts.Item> helpful = quorum == 1 ? Discoveries.among(help, level) : Set.of();
    if (harmful.isEmpty() && helpful.isEmpty()) {
      return List.of();
    }
    List<Due> due = new ArrayList<>();
    for (Experience item : pool.inStates(space, SHOWN)) {
      Lifts.Item version = new Lifts.Item(item.id(), item.version());
      Lift lift = known.get(version);
      if (lift != null && harmful.contains(version)) {
        due.add(new Due(item, State.QUARANTINED, lift));
      } else if (lift != null && item.state() == State.CANDIDATE && helpful.contains(version)) {
        due.add(new Due(item, State.ACTIVE, lift));
      }
    }
    return due;
  }

  /** Makes them stand so, as one commit; empty when there are none. */
  public Optional<Commit> carryOut(String space, List<Due> due) {
    return pool.apply(
        new Pool.ChangeSet(
            space,
            Commit.Kind.OUTCOME,
            AUTHOR,
            due.stream().map(Due::reason).collect(Collectors.joining("; ")),
            due.stream().<Change>map(Standing::change).toList(),
            null));
  }

  private static Change change(Due due) {
    return new Change.Reinforce(due.item.id(), due.state, List.of());
  }
}
