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
import dev.hone.similarity.SimilarityIndex.Match;
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
 * Decides what becomes of the drafts of an episode, by rule and without a model. A draft that is
 * one with an item ({@link Likeness}) reinforces it; any other is a new item. What an earlier
 * revision of the same episode said is revised, or withdrawn.
 *
 * <p>Long because all drafts of an episode are decided about in one round.
 */
public final class AdmissionRules {

  /** The reason of what is added without being compared. */
  static final String OFF = "admission is off";

  /** In what other words than the item's its situation was told. */
  private record Wording(String item, String when) {}

  /** The decisions, one a draft, and the changes that carry them out. */
  public static final class Decided {

    private final List<Admission> admissions;
    private final List<Change> changes;
    private final List<Wording> wordings;

    private Decided(List<Admission> admissions, Round round) {
      this.admissions = admissions;
      this.changes = round.changes;
      this.wordings = round.wordings;
    }

    public List<Admission> admissions() {
      return admissions;
    }

    public List<Change> changes() {
      return changes;
    }

    /** Once the changes are made: what was taken for an item is another wording of it. */
    public void remember(Known known) {
      wordings.forEach(each -> known.also(each.item, each.when));
    }
  }

  private final Pool pool;
  private final Ids ids;
  private final Likeness likeness;
  private final int quorum;

  /**
   * @param quorum distinct principals whose outcomes make an item active
   */
  public AdmissionRules(Pool pool, Ids ids, Likeness likeness, int quorum) {
    this.pool = pool;
    this.ids = ids;
    this.likeness = likeness;
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
              .orElseGet(() -> round.add(draft, OFF)));
    }
    round.takeBackUnsaid();
    return new Decided(admissions, round);
  }

  /**
   * Decides, looking at the items there are. Drafts that say the same are one; what revises an item
   * of this episode comes before what reinforces others. Nothing is remembered yet.
   *
   * @param known the items shown
   * @param suspects the items under quarantine: what says the same does not come in beside them
   */
  public Decided decide(Known known, Known suspects, Episode episode, List<Draft> drafts) {
    Round round = new Round(episode, earlier(episode));
    United united = United.of(drafts, likeness);
    Map<Integer, Admission> decided = new HashMap<>();
    for (int i = 0; i < united.drafts().size(); i++) {
      int place = i;
      Draft draft = united.drafts().get(i);
      round
          .reviseOwn(draft, own -> sameSituation(own.item.lesson(), draft.lesson()))
          .or(() -> rolledBack(episode, draft))
          .ifPresent(admission -> decided.put(place, admission));
    }
    for (int i = 0; i < united.drafts().size(); i++) {
      Draft draft = united.drafts().get(i);
      decided.computeIfAbsent(
          i,
          any ->
              round.suspect(draft, suspects).orElseGet(() -> round.reinforceOrAdd(draft, known)));
    }
    round.takeBackUnsaid();
    List<Admission> admissions = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      int place = united.places().get(i);
      Admission admission = Objects.requireNonNull(decided.get(place));
      admissions.add(
          united.places().indexOf(place) == i
              ? admission
              : new Admission.Reinforce(admission.experience(), "said twice in this episode"));
    }
    return new Decided(admissions, round);
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

  /** Whether a draft speaks of what an item of its own episode speaks of. */
  private boolean sameSituation(Lesson old, Lesson draft) {
    return old.when().equals(draft.when())
        || likeness.near(old.ofType(draft.type()), draft)
        || likeness.sameSituation(draft, old);
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

  /** An item that is one with a draft. */
  private record Near(Experience item, double similarity) {}

  /** The decisions about one episode. */
  private final class Round {

    private final Episode episode;
    private final List<Earlier> earlier;
    private final Set<String> kept = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Wording> wordings = new ArrayList<>();

    /** What items are reinforced with, by item. */
    private final Map<String, List<Evidence>> gained = new HashMap<>();

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

    /** What an item under quarantine says is not learned again: a person may restore that one. */
    Optional<Admission> suspect(Draft draft, Known suspects) {
      return suspects.saying(draft.lesson()).stream()
          .flatMap(
              match -> pool.readable(episode.space(), match.key(), episode.principal()).stream())
          .filter(item -> item.state() == State.QUARANTINED)
          .filter(item -> likeness.apart(draft.lesson(), item.lesson()).isEmpty())
          .findFirst()
          .map(
              item ->
                  new Admission.Discard(
                      item.id(), "says the same as an item under quarantine, which did harm"));
    }

    Admission reinforceOrAdd(Draft draft, Known known) {
      List<Near> one = new ArrayList<>();
      Optional<String> why = Optional.empty();
      for (Match<String> match : known.saying(draft.lesson())) {
        Optional<Experience> item = shown(match.key());
        Optional<String> apart = item.flatMap(each -> apart(draft.lesson(), each, known));
        if (item.isPresent() && apart.isEmpty()) {
          one.add(new Near(item.get(), match.similarity()));
        }
        why = why.or(() -> item.flatMap(each -> apart.map(but -> near(each, match, but))));
      }
      Optional<String> unlike = why;
      return reinforce(draft, one)
          .orElseGet(
              () ->
                  add(
                      draft,
                      one.isEmpty()
                          ? unlike
                              .or(() -> nearest(draft, known))
                              .orElse("nothing like it is known")
                          : "somebody else's candidate says the same, and too few have judged it"));
    }

    /** What keeps a draft from an item, and from every wording that was taken for it. */
    private Optional<String> apart(Lesson said, Experience item, Known known) {
      return likeness
          .apart(said, item.lesson())
          .filter(
              but ->
                  known.wordings(item.id()).stream()
                      .map(item.lesson()::appliedWhen)
                      .noneMatch(wording -> likeness.apart(said, wording).isEmpty()));
    }

    private Optional<Experience> shown(String id) {
      return gone.contains(id) || kept.contains(id)
          ? Optional.empty()
          : pool.experience(episode.space(), id)
              .filter(item -> item.state().shown())
              .map(item -> gained.containsKey(id) ? item.in(together(item, List.of())) : item);
    }

    /** Why a draft is new though something is near it. */
    private Optional<String> nearest(Draft draft, Known known) {
      return known.near(draft.lesson()).stream()
          .limit(1)
          .flatMap(
              match ->
                  shown(match.key()).stream()
                      .flatMap(
                          item ->
                              likeness.apart(draft.lesson(), item.lesson()).stream()
                                  .map(but -> near(item, match, but))))
          .findFirst();
    }

    /** Names the other item only to those who may see it. */
    private String near(Experience item, Match<String> match, String but) {
      return String.format(
          Locale.ROOT,
          "near %s, similarity %.2f, but %s",
          item.visibleTo(episode.principal()) ? item.id() : "an item",
          match.similarity(),
          but);
    }

    /**
     * Says the same as items there are. An active one is reinforced. Candidates that say the same
     * become one active item as soon as enough principals have judged them, all counted together;
     * before that, each owner has one of its own, since nobody else is shown it.
     */
    private Optional<Admission> reinforce(Draft draft, List<Near> one) {
      Optional<Near> active =
          one.stream().filter(near -> near.item.state() == State.ACTIVE).findFirst();
      Optional<Near> own =
          one.stream().filter(near -> near.item.owner().equals(episode.principal())).findFirst();
      Optional<Near> found = active.or(() -> own).or(() -> one.stream().findFirst());
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Near near = found.get();
      List<Experience> absorbed = absorbed(near.item, one);
      List<Evidence> all = new ArrayList<>(draft.evidence());
      absorbed.forEach(item -> all.addAll(evidence(item)));
      State together = together(near.item, all);
      if (together == State.ACTIVE) {
        reinforce(near.item, together, all);
        for (Experience item : absorbed) {
          gone.add(item.id());
          changes.add(new Change.Withdraw(item.id(), Optional.of(near.item.id())));
        }
      } else if (own.isPresent()) {
        reinforce(near.item, together, draft.evidence());
      } else {
        return Optional.empty();
      }
      absorbed.forEach(item -> wordings.add(new Wording(near.item.id(), item.lesson().when())));
      wordings.add(new Wording(near.item.id(), draft.lesson().when()));
      return Optional.of(
          new Admission.Reinforce(
              near.item.id(),
              String.format(Locale.ROOT, "says the same, similarity %.2f", near.similarity)));
    }

    /** The candidates that go into an item when it is active: those that say the same as it. */
    private List<Experience> absorbed(Experience into, List<Near> one) {
      return one.stream()
          .map(Near::item)
          .filter(
              item ->
                  !item.id().equals(into.id())
                      && item.state() == State.CANDIDATE
                      && earlier.stream().noneMatch(old -> old.item.id().equals(item.id()))
                      && likeness.apart(item.lesson(), into.lesson()).isEmpty())
          .toList();
    }

    private void reinforce(Experience item, State state, List<Evidence> evidence) {
      changes.add(new Change.Reinforce(item.id(), state, evidence));
      gained.computeIfAbsent(item.id(), any -> new ArrayList<>()).addAll(evidence);
    }

    /** What an item rests on, with what it has gained. */
    private List<Evidence> evidence(Experience item) {
      List<Evidence> evidence = new ArrayList<>(pool.evidence(episode.space(), item.id()));
      evidence.addAll(gained.getOrDefault(item.id(), List.of()));
      return evidence;
    }

    /** The state that the evidence of an item and this evidence amount to. */
    private State together(Experience item, List<Evidence> evidence) {
      return item.state() == State.ACTIVE
          ? State.ACTIVE
          : state(Stream.concat(evidence(item).stream(), evidence.stream()));
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
      List<Evidence> said = gained.getOrDefault(id, List.of());
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
