package dev.hone.backend.admit;

import dev.hone.experience.Admission;
import dev.hone.experience.Change;
import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import dev.hone.experience.Role;
import dev.hone.experience.State;
import dev.hone.port.Ids;
import dev.hone.port.Pool;
import dev.hone.similarity.Neighbourhood;
import dev.hone.similarity.Sameness;
import dev.hone.similarity.SimilarityIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides what becomes of the drafts of an episode, by rule and without a model. A draft at least
 * {@code threshold} similar to an item of its type that says the same reinforces it; any other is a
 * new item. What an earlier revision of the same episode said is revised, or withdrawn.
 */
public final class AdmissionRules {

  /** The decisions, one a draft, and the changes that carry them out. */
  public record Decided(List<Admission> admissions, List<Change> changes) {}

  private final Pool pool;
  private final Ids ids;
  private final Sameness sameness;
  private final double threshold;
  private final int quorum;

  /**
   * @param threshold the similarity from which two items are near-duplicates, in (0, 1]
   * @param quorum distinct principals whose outcomes make an item active
   */
  public AdmissionRules(Pool pool, Ids ids, Sameness sameness, double threshold, int quorum) {
    this.pool = pool;
    this.ids = ids;
    this.sameness = sameness;
    this.threshold = threshold;
    this.quorum = quorum;
  }

  /** Stores every draft as it is: for pools that are to be saturated, and for raw records. */
  public Decided admitAll(Episode episode, List<Draft> drafts) {
    Round round = new Round(episode, List.of());
    drafts.forEach(draft -> round.add(draft, "admission is off"));
    return round.decided();
  }

  /** Decides, looking at the items there are. */
  public Decided decide(Neighbourhood neighbours, Episode episode, List<Draft> drafts) {
    List<Experience> own =
        episode.revision() > 1 ? pool.restingOnlyOn(episode.space(), episode) : List.of();
    Round round = new Round(episode, own);
    for (Draft draft : drafts) {
      if (!round.reviseOwn(draft, neighbours)
          && !round.mergeWithEarlier(draft, neighbours)
          && !round.reinforce(draft, neighbours)) {
        round.add(draft, "nothing like it is known");
      }
    }
    round.withdrawUnsaid();
    return round.decided();
  }

  private State state(Stream<Evidence> evidence) {
    long voices =
        evidence.filter(e -> e.role() == Role.OUTCOME).map(Evidence::principal).distinct().count();
    return voices >= quorum ? State.ACTIVE : State.CANDIDATE;
  }

  /** The decisions about one episode. */
  private final class Round {

    private final Episode episode;
    private final List<Experience> own;
    private final Set<String> kept = new HashSet<>();
    private final List<Admission> admissions = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    Round(Episode episode, List<Experience> own) {
      this.episode = episode;
      this.own = own;
    }

    Decided decided() {
      return new Decided(admissions, changes);
    }

    void add(Draft draft, String reason) {
      String id = ids.next();
      State state = state(draft.evidence().stream());
      changes.add(
          new Change.Add(
              id, draft.lesson(), state, episode.principal(), draft.evidence(), List.of()));
      admissions.add(new Admission.AddNew(id, reason));
    }

    /** A later revision speaks of the same situation: what was said then is replaced. */
    boolean reviseOwn(Draft draft, Neighbourhood neighbours) {
      for (Experience old : own) {
        boolean situation =
            old.lesson().when().equals(draft.lesson().when())
                || neighbours
                        .vector(old.lesson().when())
                        .similarity(neighbours.vector(draft.lesson().when()))
                    >= threshold;
        if (situation && kept.add(old.id())) {
          State state = state(draft.evidence().stream());
          changes.add(new Change.Revise(old.id(), draft.lesson(), state, draft.evidence()));
          admissions.add(
              new Admission.Revise(
                  old.id(), "revision " + episode.revision() + " of the same episode"));
          return true;
        }
      }
      return false;
    }

    /** Another lesson of this episode says it already: it takes over the evidence. */
    boolean mergeWithEarlier(Draft draft, Neighbourhood neighbours) {
      for (int i = 0; i < changes.size(); i++) {
        if (changes.get(i) instanceof Change.Add earlier
            && says(earlier.lesson(), draft.lesson())
            && neighbours
                    .vector(earlier.lesson().text())
                    .similarity(neighbours.vector(draft.lesson().text()))
                >= threshold) {
          List<Evidence> evidence = new ArrayList<>(earlier.evidence());
          evidence.addAll(draft.evidence());
          changes.set(
              i,
              new Change.Add(
                  earlier.experience(),
                  earlier.lesson(),
                  state(evidence.stream()),
                  earlier.owner(),
                  evidence,
                  List.of()));
          admissions.add(
              new Admission.Reinforce(earlier.experience(), "said twice in this episode"));
          return true;
        }
      }
      return false;
    }

    /**
     * Says the same as an item there is. Merged with a candidate of somebody else it must become
     * active: else that one's owner alone would see it.
     */
    boolean reinforce(Draft draft, Neighbourhood neighbours) {
      for (SimilarityIndex.Match<String> match :
          neighbours.near(neighbours.vector(draft.lesson().text()), threshold)) {
        Optional<Experience> found =
            pool.experience(episode.space(), match.key()).filter(item -> says(item, draft));
        Optional<State> together = found.map(item -> together(item, draft));
        if (found.isPresent()
            && (together.equals(Optional.of(State.ACTIVE))
                || found.get().owner().equals(episode.principal()))) {
          changes.add(new Change.Reinforce(match.key(), together.orElseThrow(), draft.evidence()));
          admissions.add(
              new Admission.Reinforce(
                  match.key(),
                  String.format(
                      Locale.ROOT, "says the same, similarity %.2f", match.similarity())));
          return true;
        }
      }
      return false;
    }

    private boolean says(Experience item, Draft draft) {
      return item.state().shown()
          && !kept.contains(item.id())
          && says(item.lesson(), draft.lesson());
    }

    /**
     * The one stays and the other goes: so the contents say the same, and no number, name or
     * negation of the other's situation is lost.
     */
    private boolean says(Lesson one, Lesson other) {
      return one.type().equals(other.type())
          && sameness.same(one.content(), other.content())
          && sameness.facts(one.text()).keep(sameness.facts(other.text()));
    }

    /** The state that the evidence of both amounts to. */
    private State together(Experience item, Draft draft) {
      return item.state() == State.ACTIVE
          ? State.ACTIVE
          : state(
              Stream.concat(
                  pool.evidence(episode.space(), item.id()).stream(), draft.evidence().stream()));
    }

    void withdrawUnsaid() {
      for (Experience old : own) {
        if (!kept.contains(old.id())
            && changes.stream().noneMatch(change -> change.experience().equals(old.id()))) {
          changes.add(new Change.Withdraw(old.id(), Optional.empty()));
        }
      }
    }
  }
}
