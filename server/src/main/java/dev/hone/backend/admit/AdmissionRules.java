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
import dev.hone.similarity.TermVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
    List<Admission> admissions = new ArrayList<>();
    for (Draft draft : drafts) {
      admissions.add(
          round
              .reviseOwn(draft, own -> own.sharesInteraction(draft))
              .or(() -> rolledBack(episode, draft))
              .orElseGet(() -> round.add(draft, "admission is off")));
    }
    round.takeBackUnsaid();
    return new Decided(admissions, round.changes);
  }

  /**
   * Decides, looking at the items there are. Drafts that say the same are one; what revises an item
   * of this episode comes before what reinforces others.
   */
  public Decided decide(Neighbourhood neighbours, Episode episode, List<Draft> drafts) {
    Round round = new Round(episode, earlier(episode));
    List<Draft> united = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    drafts.forEach(draft -> places.add(unite(united, draft, neighbours)));
    Map<Integer, Admission> decided = new HashMap<>();
    for (int i = 0; i < united.size(); i++) {
      int place = i;
      Draft draft = united.get(i);
      round
          .reviseOwn(draft, own -> sameSituation(own.item.lesson(), draft, neighbours))
          .or(() -> rolledBack(episode, draft))
          .ifPresent(admission -> decided.put(place, admission));
    }
    for (int i = 0; i < united.size(); i++) {
      Draft draft = united.get(i);
      decided.computeIfAbsent(
          i,
          any ->
              round
                  .reinforce(draft, neighbours)
                  .orElseGet(() -> round.add(draft, "nothing like it is known")));
    }
    round.takeBackUnsaid();
    List<Admission> admissions = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Admission admission = Objects.requireNonNull(decided.get(places.get(i)));
      admissions.add(
          places.indexOf(places.get(i)) == i
              ? admission
              : new Admission.Reinforce(admission.experience(), "said twice in this episode"));
    }
    return new Decided(admissions, round.changes);
  }

  /** Puts a draft to one that says the same, or behind them all; returns its place. */
  private int unite(List<Draft> united, Draft draft, Neighbourhood neighbours) {
    TermVector vector = neighbours.vector(draft.lesson().text());
    for (int i = 0; i < united.size(); i++) {
      Draft other = united.get(i);
      if (says(other.lesson(), draft.lesson())
          && neighbours.vector(other.lesson().text()).similarity(vector) >= threshold) {
        List<Evidence> evidence = new ArrayList<>(other.evidence());
        evidence.addAll(draft.evidence());
        united.set(i, new Draft(other.lesson(), evidence));
        return i;
      }
    }
    united.add(draft);
    return united.size() - 1;
  }

  /** What was rolled back does not come back with a later revision of the same episode. */
  private Optional<Admission> rolledBack(Episode episode, Draft draft) {
    return episode.revision() == 1
        ? Optional.empty()
        : episode.interactions().stream()
            .flatMap(each -> pool.rolledBack(episode.space(), each.id()).stream())
            .filter(
                item ->
                    item.lesson().when().equals(draft.lesson().when())
                        && item.lesson().content().equals(draft.lesson().content()))
            .findFirst()
            .map(item -> new Admission.Discard(item.id(), "was rolled back"));
  }

  /**
   * The one stays and the other goes: so the contents say the same, and no number, name or negation
   * of the other's situation is lost.
   */
  private boolean says(Lesson one, Lesson other) {
    return one.type().equals(other.type())
        && sameness.same(one.content(), other.content())
        && sameness.facts(one.text()).keep(sameness.facts(other.text()));
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

  /** The state that evidence amounts to. */
  State state(Stream<Evidence> evidence) {
    long voices =
        evidence.filter(e -> e.role() == Role.OUTCOME).map(Evidence::principal).distinct().count();
    return voices >= quorum ? State.ACTIVE : State.CANDIDATE;
  }

  /** The decisions about one episode. */
  private final class Round {

    private final Episode episode;
    private final List<Earlier> earlier;
    private final Set<String> kept = new HashSet<>();
    private final List<Change> changes = new ArrayList<>();

    Round(Episode episode, List<Earlier> earlier) {
      this.episode = episode;
      this.earlier = earlier;
    }

    Admission add(Draft draft, String reason) {
      String id = ids.next();
      State state = state(draft.evidence().stream());
      changes.add(
          new Change.Add(
              id, draft.lesson(), state, episode.principal(), draft.evidence(), List.of()));
      return new Admission.AddNew(id, reason);
    }

    /** A later revision speaks of the same situation: what was said then is replaced. */
    Optional<Admission> reviseOwn(Draft draft, Predicate<Earlier> same) {
      for (Earlier old : earlier) {
        if (old.own() && same.test(old) && kept.add(old.item.id())) {
          return Optional.of(revise(old, draft));
        }
      }
      return Optional.empty();
    }

    private Admission revise(Earlier old, Draft draft) {
      String id = old.item.id();
      if (old.says(draft)) {
        return new Admission.Reinforce(id, "this episode said so before");
      }
      State state = state(draft.evidence().stream());
      changes.add(new Change.Revise(id, draft.lesson(), state, draft.evidence()));
      return new Admission.Revise(id, "revision " + episode.revision() + " of the same episode");
    }

    /**
     * Says the same as an item there is. Merged with a candidate of somebody else it must become
     * active: else that one's owner alone would see it.
     */
    Optional<Admission> reinforce(Draft draft, Neighbourhood neighbours) {
      for (SimilarityIndex.Match<String> match :
          neighbours.near(neighbours.vector(draft.lesson().text()), threshold)) {
        Optional<Experience> found =
            pool.experience(episode.space(), match.key()).filter(item -> says(item, draft));
        Optional<State> together = found.map(item -> together(item, draft));
        if (found.isPresent()
            && (together.equals(Optional.of(State.ACTIVE))
                || found.get().owner().equals(episode.principal()))) {
          changes.add(new Change.Reinforce(match.key(), together.orElseThrow(), draft.evidence()));
          return Optional.of(
              new Admission.Reinforce(
                  match.key(),
                  String.format(
                      Locale.ROOT, "says the same, similarity %.2f", match.similarity())));
        }
      }
      return Optional.empty();
    }

    private boolean says(Experience item, Draft draft) {
      return item.state().shown()
          && !kept.contains(item.id())
          && AdmissionRules.this.says(item.lesson(), draft.lesson());
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
        List<Evidence> left = Stream.concat(old.others.stream(), said.stream()).toList();
        changes.add(new Change.TakeBack(id, state(left.stream()), owner(old.item, left), unsaid));
      }
    }

    /** An item is its owner's as long as it rests on words of the owner's. */
    private String owner(Experience item, List<Evidence> evidence) {
      return evidence.stream().anyMatch(span -> span.principal().equals(item.owner()))
          ? item.owner()
          : evidence.getFirst().principal();
    }
  }
}
