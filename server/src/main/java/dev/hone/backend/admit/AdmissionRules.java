package dev.hone.backend.admit;

import dev.hone.experience.Admission;
import dev.hone.experience.Change;
import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Interaction;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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

  /**
   * Stores every draft as it is: for pools that are to be saturated, and for raw records. What an
   * earlier revision made of the same interaction is replaced.
   */
  public Decided admitAll(Episode episode, List<Draft> drafts) {
    Round round = new Round(episode, earlier(episode));
    for (Draft draft : drafts) {
      if (!round.reviseOwn(draft, own -> own.sharesInteraction(draft))) {
        round.add(draft, "admission is off");
      }
    }
    round.takeBackUnsaid();
    return round.decided();
  }

  /** Decides, looking at the items there are. */
  public Decided decide(Neighbourhood neighbours, Episode episode, List<Draft> drafts) {
    Round round = new Round(episode, earlier(episode));
    for (Draft draft : drafts) {
      if (!round.reviseOwn(draft, own -> sameSituation(own.item.lesson(), draft, neighbours))
          && !round.mergeWithEarlier(draft, neighbours)
          && !round.reinforce(draft, neighbours)) {
        round.add(draft, "nothing like it is known");
      }
    }
    round.takeBackUnsaid();
    return round.decided();
  }

  private boolean sameSituation(Lesson old, Draft draft, Neighbourhood neighbours) {
    String when = draft.lesson().when();
    return old.when().equals(when)
        || neighbours.vector(old.when()).similarity(neighbours.vector(when)) >= threshold;
  }

  /**
   * An item that rests on an earlier revision of the episode.
   *
   * @param evidence what it rests on, of this episode
   * @param others what it rests on besides
   */
  private record Earlier(Experience item, List<Evidence> evidence, List<Evidence> others) {

    boolean own() {
      return others.isEmpty();
    }

    boolean sharesInteraction(Draft draft) {
      return evidence.stream()
          .anyMatch(
              mine ->
                  draft.evidence().stream()
                      .anyMatch(span -> span.interaction().equals(mine.interaction())));
    }

    boolean says(Draft draft) {
      return item.lesson().equals(draft.lesson())
          && Set.copyOf(evidence).equals(Set.copyOf(draft.evidence()));
    }
  }

  private List<Earlier> earlier(Episode episode) {
    if (episode.revision() == 1) {
      return List.of();
    }
    String space = episode.space();
    Set<String> interactions =
        episode.interactions().stream().map(Interaction::id).collect(Collectors.toSet());
    return episode.interactions().stream()
        .flatMap(interaction -> pool.restingOn(space, interaction.id()).stream())
        .distinct()
        .sorted()
        .flatMap(id -> pool.experience(space, id).stream())
        .map(
            item -> {
              Map<Boolean, List<Evidence>> evidence =
                  pool.evidence(space, item.id()).stream()
                      .collect(
                          Collectors.partitioningBy(
                              span -> interactions.contains(span.interaction())));
              return new Earlier(
                  item,
                  evidence.getOrDefault(true, List.of()),
                  evidence.getOrDefault(false, List.of()));
            })
        .toList();
  }

  private State state(Stream<Evidence> evidence) {
    long voices =
        evidence.filter(e -> e.role() == Role.OUTCOME).map(Evidence::principal).distinct().count();
    return voices >= quorum ? State.ACTIVE : State.CANDIDATE;
  }

  /** The decisions about one episode. */
  private final class Round {

    private final Episode episode;
    private final List<Earlier> earlier;
    private final Set<String> kept = new HashSet<>();
    private final List<Admission> admissions = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    Round(Episode episode, List<Earlier> earlier) {
      this.episode = episode;
      this.earlier = earlier;
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
    boolean reviseOwn(Draft draft, Predicate<Earlier> same) {
      for (Earlier old : earlier) {
        if (old.own() && same.test(old) && kept.add(old.item.id())) {
          revise(old, draft);
          return true;
        }
      }
      return false;
    }

    private void revise(Earlier old, Draft draft) {
      String id = old.item.id();
      if (old.says(draft)) {
        admissions.add(new Admission.Reinforce(id, "this episode said so before"));
      } else {
        State state = state(draft.evidence().stream());
        changes.add(new Change.Revise(id, draft.lesson(), state, draft.evidence()));
        admissions.add(
            new Admission.Revise(id, "revision " + episode.revision() + " of the same episode"));
      }
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

    /** What rests on the episode alone and is no longer said goes; else only its evidence does. */
    void takeBackUnsaid() {
      for (Earlier old : earlier) {
        if (!kept.contains(old.item.id())) {
          takeBackUnsaid(old);
        }
      }
    }

    private void takeBackUnsaid(Earlier old) {
      String id = old.item.id();
      List<Evidence> said =
          changes.stream()
              .filter(change -> change.experience().equals(id))
              .flatMap(
                  change ->
                      change instanceof Change.Reinforce reinforce
                          ? reinforce.evidence().stream()
                          : Stream.empty())
              .toList();
      List<Evidence> unsaid = old.evidence.stream().filter(span -> !said.contains(span)).toList();
      if (said.isEmpty() && old.own()) {
        changes.add(new Change.Withdraw(id, Optional.empty()));
      } else if (!unsaid.isEmpty()) {
        State state = state(Stream.concat(old.others.stream(), said.stream()));
        changes.add(new Change.TakeBack(id, state, unsaid));
      }
    }
  }
}
