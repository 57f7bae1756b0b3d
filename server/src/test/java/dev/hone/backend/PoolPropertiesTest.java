package dev.hone.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Admission;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Role;
import dev.hone.experience.State;
import dev.hone.port.Forgetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds of a pool whatever is done to it, in whatever order. Each try has a space of its own.
 */
class PoolPropertiesTest {

  private static final List<String> PRINCIPALS = List.of("ann", "bob", "cleo");
  private static final List<String> QUESTIONS =
      List.of(
          "How many legs do the insects of the meadow have?",
          "How many legs do insects of the meadow have?",
          "Which lever closes the cooling loop of the Kestrel rig?",
          "Which lever opens the cooling loop of the Kestrel rig?",
          "Where is the spare fuse of pen 4 kept?",
          "Where is the spare fuse of pen 5 kept?");
  private static final List<String> ANSWERS =
      List.of(
          "They have 6 legs.",
          "They have 8 legs.",
          "The red lever V7.",
          "The red lever V9.",
          "In the lower drawer.",
          "Not in the lower drawer.");

  /** Something that is done to a pool; numbers choose among what is there. */
  sealed interface Step {
    record Learn(int principal, int question, int answer) implements Step {}

    record LearnAnew(int episode, int answer) implements Step {}

    record Withdraw(int item) implements Step {}

    record Rewrite(int item, int answer) implements Step {}

    record Refine() implements Step {}

    record Forget(int episode) implements Step {}

    record Rollback(int commit) implements Step {}
  }

  private static final int QUORUM = 2;
  private static final int LIVES = 40;
  private static final int LONGEST = 25;
  private static final int MOST_ASIDE = 4;

  @TempDir private static Path folder;
  private static PoolWorld world;

  @BeforeAll
  static void open() {
    world = new PoolWorld(folder, QUORUM);
  }

  @AfterAll
  static void close() {
    world.close();
  }

  /** Lives are the same in every run: what fails can be repeated. */
  static LongStream lives() {
    return LongStream.range(0, LIVES);
  }

  private static List<Step> steps(RandomGenerator random) {
    return Stream.generate(() -> step(random)).limit(1 + random.nextInt(LONGEST)).toList();
  }

  private static Step step(RandomGenerator random) {
    int kind = random.nextInt(18);
    if (kind < 8) {
      return new Step.Learn(any(random), any(random), any(random));
    }
    if (kind < 11) {
      return new Step.LearnAnew(any(random), any(random));
    }
    return switch (kind) {
      case 11 -> new Step.Withdraw(any(random));
      case 12 -> new Step.Rewrite(any(random), any(random));
      case 13 -> new Step.Refine();
      case 14, 15 -> new Step.Forget(any(random));
      default -> new Step.Rollback(any(random));
    };
  }

  private static int any(RandomGenerator random) {
    return random.nextInt(1_000);
  }

  /** A pool with its past: what was seen after each commit. */
  private static final class Life {
    final String space = world.space();
    final List<Episode> episodes = new ArrayList<>();
    final List<Map<String, PoolWorld.Seen>> states =
        new ArrayList<>(List.of(world.snapshot(space)));

    /** Interactions. */
    final Set<String> forgotten = new HashSet<>();

    /** Items that went with what was forgotten. */
    final Set<String> gone = new HashSet<>();

    /** Items that came back in place of one that went. */
    final Set<String> instead = new HashSet<>();

    void live(List<Step> steps) {
      for (Step step : steps) {
        take(step);
        look();
      }
    }

    /** Keeps the state that the last step left, if it made a commit. */
    private void look() {
      long head = world.stores.pool().head(space);
      assertThat(head).isBetween(states.size() - 1L, (long) states.size());
      if (head == states.size()) {
        states.add(world.snapshot(space));
      }
    }

    private void take(Step step) {
      switch (step) {
        case Step.Learn learn -> {
          Episode episode =
              world.corrected(
                  space,
                  chosen(PRINCIPALS, learn.principal),
                  chosen(QUESTIONS, learn.question),
                  chosen(ANSWERS, learn.answer));
          episodes.add(episode);
          world.learn(episode);
        }
        case Step.LearnAnew anew -> {
          if (!episodes.isEmpty()) {
            int index = anew.episode % episodes.size();
            Episode next = world.correctedAnew(episodes.get(index), chosen(ANSWERS, anew.answer));
            episodes.set(index, next);
            world.learn(next);
          }
        }
        case Step.Withdraw withdraw -> one(withdraw.item).forEach(world::withdraw);
        case Step.Rewrite rewrite ->
            one(rewrite.item).forEach(item -> world.rewrite(item, chosen(ANSWERS, rewrite.answer)));
        case Step.Refine ignored -> world.refine(space);
        case Step.Forget forget -> {
          if (!episodes.isEmpty()) {
            forget(episodes.remove(forget.episode % episodes.size()));
          }
        }
        case Step.Rollback rollback -> world.rollback(space, rollback.commit % states.size());
      }
    }

    private void forget(Episode episode) {
      String interaction = episode.interactions().getFirst().id();
      for (Forgetting.Affected item : world.forget(space, interaction)) {
        if (item.fate().goes()) {
          gone.add(item.id());
        } else if (item.fate() == Forgetting.Fate.RESTORED) {
          instead.add(item.id());
        }
      }
      forgotten.add(interaction);
      look();
      for (Optional<Episode> due = world.due(); due.isPresent(); due = world.due()) {
        world.learn(due.get());
        look();
      }
      assertThat(world.snapshot(space).values())
          .allSatisfy(item -> assertThat(item.evidence()).noneMatch(this::isForgotten));
    }

    List<Evidence> left(List<Evidence> evidence) {
      return evidence.stream().filter(span -> !isForgotten(span)).toList();
    }

    private boolean isForgotten(Evidence span) {
      return forgotten.contains(span.interaction());
    }

    private List<Experience> one(int number) {
      List<Experience> shown = world.shown(space);
      return shown.isEmpty() ? List.of() : List.of(shown.get(number % shown.size()));
    }
  }

  private static Life life(RandomGenerator random, Predicate<Step> wanted) {
    Life life = new Life();
    life.live(steps(random).stream().filter(wanted).toList());
    return life;
  }

  private static <T> T chosen(List<T> from, int number) {
    return from.get(number % from.size());
  }

  @ParameterizedTest
  @MethodSource("lives")
  void aRollbackToAnyCommitIsTheStateThen(long seed) {
    Random random = new Random(seed);
    Life life = life(random, step -> !(step instanceof Step.Forget));
    int commit = random.nextInt(life.states.size());

    world.rollback(life.space, commit);

    assertThat(world.snapshot(life.space)).isEqualTo(life.states.get(commit));
    world.rollback(life.space, life.states.size() - 1);
    assertThat(world.snapshot(life.space)).isEqualTo(life.states.getLast());
  }

  @ParameterizedTest
  @MethodSource("lives")
  void aRollbackBringsBackNothingForgottenAndAllElse(long seed) {
    Random random = new Random(seed);
    Life life = life(random, step -> true);
    int commit = random.nextInt(life.states.size());
    Map<String, PoolWorld.Seen> then = new TreeMap<>(life.states.get(commit));

    world.rollback(life.space, commit);

    Map<String, PoolWorld.Seen> now = world.snapshot(life.space);
    then.keySet().removeAll(life.gone);
    assertThat(now).containsKeys(then.keySet().toArray(String[]::new));
    assertThat(life.instead)
        .containsAll(now.keySet().stream().filter(id -> !then.containsKey(id)).toList());
    then.forEach((id, old) -> assertThat(now.get(id)).as(id).isEqualTo(less(life, old)));
  }

  @ParameterizedTest
  @MethodSource("lives")
  void undoneLastFirstEachUndoIsTheStateBefore(long seed) {
    Random random = new Random(seed);
    Life life = life(random, step -> true);
    List<Map<String, PoolWorld.Seen>> before = new ArrayList<>();
    List<String> aside = new ArrayList<>();
    while (!life.episodes.isEmpty() && aside.size() < MOST_ASIDE) {
      Episode episode = life.episodes.remove(random.nextInt(life.episodes.size()));
      before.add(world.snapshot(life.space));
      aside.add(world.setAside(life.space, episode.interactions().getFirst().id()));
    }

    for (int i = aside.size() - 1; i >= 0; i--) {
      for (String earlier : aside.subList(0, i)) {
        assertThat(world.undo(life.space, earlier)).isInstanceOf(Forgetting.Result.Later.class);
      }
      assertThat(world.undo(life.space, aside.get(i))).isInstanceOf(Forgetting.Result.Done.class);
      assertThat(world.snapshot(life.space)).isEqualTo(before.get(i));
    }
  }

  /** An item without what is forgotten: with fewer voices it may be a candidate. */
  private static PoolWorld.Seen less(Life life, PoolWorld.Seen item) {
    List<Evidence> left = life.left(item.evidence());
    boolean lost = left.size() < item.evidence().size();
    State state = lost && voices(left) < QUORUM ? State.CANDIDATE : item.state();
    return new PoolWorld.Seen(item.lesson(), state, item.owner(), left);
  }

  private static int voices(List<Evidence> evidence) {
    return (int)
        evidence.stream()
            .filter(span -> span.role() == Role.OUTCOME)
            .map(Evidence::principal)
            .distinct()
            .count();
  }

  @ParameterizedTest
  @MethodSource("lives")
  void whatIsLearnedTwiceIsOneItem(long seed) {
    Life life = life(new Random(seed), step -> true);
    List<Episode> before = List.copyOf(life.episodes);
    before.forEach(each -> world.learn(repeated(each)));
    Map<String, PoolWorld.Seen> once = world.snapshot(life.space);

    before.forEach(each -> world.learn(repeated(each)));

    assertThat(world.snapshot(life.space).keySet()).isEqualTo(once.keySet());
  }

  /** Somebody else says the same: the same words of the same person, in a new interaction. */
  private Episode repeated(Episode episode) {
    return world.corrected(
        episode.space(),
        episode.principal(),
        episode.interactions().getFirst().question().orElseThrow().text(),
        episode.interactions().getFirst().outcomes().getLast().words().getFirst());
  }

  @ParameterizedTest
  @MethodSource("lives")
  void everyDecisionIsCarriedOut(long seed) {
    Life life = life(new Random(seed), step -> true);
    Set<String> before = ids(life);
    Episode episode = world.corrected(life.space, "ann", QUESTIONS.getFirst(), ANSWERS.getFirst());

    Admission admission = world.learn(episode);

    assertThat(admission.reason()).isNotBlank();
    Experience item =
        world.stores.pool().experience(life.space, admission.experience()).orElseThrow();
    Set<String> expected = new HashSet<>(before);
    switch (admission) {
      case Admission.AddNew added -> assertThat(expected.add(added.experience())).isTrue();
      case Admission.Reinforce reinforced -> assertThat(expected).contains(reinforced.experience());
      default ->
          throw new AssertionError("a new episode revises and discards nothing: " + admission);
    }
    assertThat(ids(life)).isEqualTo(expected);
    assertThat(world.stores.pool().evidence(life.space, item.id()))
        .anyMatch(span -> span.interaction().equals(episode.interactions().getFirst().id()));
  }

  @ParameterizedTest
  @MethodSource("lives")
  void onlyWhatEnoughPeopleSaidIsActive(long seed) {
    Life life = life(new Random(seed), step -> !(step instanceof Step.Rewrite));

    for (Experience item : world.shown(life.space)) {
      int voices = voices(world.stores.pool().evidence(life.space, item.id()));
      assertThat(item.state())
          .as("%s, said by %d", item, voices)
          .isEqualTo(voices >= QUORUM ? State.ACTIVE : State.CANDIDATE);
    }
  }

  @ParameterizedTest
  @MethodSource("lives")
  void factsNeverMeetInOneItem(long seed) {
    Life life = life(new Random(seed), step -> !(step instanceof Step.Rewrite));

    for (Experience item : world.shown(life.space)) {
      Set<String> said =
          world.stores.pool().evidence(life.space, item.id()).stream()
              .filter(span -> span.role() == Role.OUTCOME)
              .map(Evidence::quote)
              .collect(Collectors.toSet());
      assertThat(said).as("%s", item.lesson()).hasSize(1);
    }
  }

  private Set<String> ids(Life life) {
    return world.shown(life.space).stream().map(Experience::id).collect(Collectors.toSet());
  }
}
