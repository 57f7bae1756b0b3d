package dev.hone.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Admission;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Role;
import dev.hone.experience.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

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

    record Rollback(int commit) implements Step {}
  }

  private Path folder = Path.of("");
  private PoolWorld world;

  @BeforeProperty
  void open() throws IOException {
    folder = Files.createTempDirectory("pool");
    world = new PoolWorld(folder, 2);
  }

  @AfterProperty
  void close() throws IOException {
    world.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> any = Arbitraries.integers().between(0, 1_000);
    Arbitrary<Step> learn = Combinators.combine(any, any, any).as(Step.Learn::new);
    Arbitrary<Step> anew = Combinators.combine(any, any).as(Step.LearnAnew::new);
    Arbitrary<Step> rewrite = Combinators.combine(any, any).as(Step.Rewrite::new);
    return Arbitraries.frequencyOf(
            Tuple.of(8, learn),
            Tuple.of(3, anew),
            Tuple.of(1, any.map(Step.Withdraw::new)),
            Tuple.of(1, rewrite),
            Tuple.of(1, Arbitraries.of(new Step.Refine())),
            Tuple.of(2, any.map(Step.Rollback::new)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(25);
  }

  /** A pool with its past: what was seen after each commit. */
  private final class Life {
    final String space = world.space();
    final List<Episode> episodes = new ArrayList<>();
    final List<Map<String, PoolWorld.Seen>> states =
        new ArrayList<>(List.of(world.snapshot(space)));

    void live(List<Step> steps) {
      for (Step step : steps) {
        take(step);
        while (states.size() <= world.stores.pool().head(space)) {
          states.add(world.snapshot(space));
        }
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
        case Step.Rollback rollback -> world.rollback(space, rollback.commit % states.size());
      }
    }

    private List<Experience> one(int number) {
      List<Experience> shown = world.shown(space);
      return shown.isEmpty() ? List.of() : List.of(shown.get(number % shown.size()));
    }
  }

  private static <T> T chosen(List<T> from, int number) {
    return from.get(number % from.size());
  }

  @Property
  void aRollbackToAnyCommitIsTheStateThen(@ForAll("steps") List<Step> steps, @ForAll int target) {
    Life life = new Life();
    life.live(steps);
    int commit = Math.floorMod(target, life.states.size());

    world.rollback(life.space, commit);

    assertThat(world.snapshot(life.space)).isEqualTo(life.states.get(commit));
    world.rollback(life.space, life.states.size() - 1);
    assertThat(world.snapshot(life.space)).isEqualTo(life.states.getLast());
  }

  @Property
  void whatIsLearnedTwiceIsOneItem(@ForAll("steps") List<Step> steps) {
    Life life = new Life();
    life.live(steps);
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

  @Property
  void everyDecisionIsCarriedOut(@ForAll("steps") List<Step> steps) {
    Life life = new Life();
    life.live(steps);
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

  @Property
  void onlyWhatEnoughPeopleSaidIsActive(@ForAll("steps") List<Step> steps) {
    Life life = new Life();
    life.live(steps.stream().filter(step -> !(step instanceof Step.Rewrite)).toList());

    for (Experience item : world.shown(life.space)) {
      Set<String> voices =
          world.stores.pool().evidence(life.space, item.id()).stream()
              .filter(span -> span.role() == Role.OUTCOME)
              .map(Evidence::principal)
              .collect(Collectors.toSet());
      assertThat(item.state())
          .as("%s, said by %s", item, voices)
          .isEqualTo(voices.size() >= 2 ? State.ACTIVE : State.CANDIDATE);
    }
  }

  @Property
  void factsNeverMeetInOneItem(@ForAll("steps") List<Step> steps) {
    Life life = new Life();
    life.live(steps.stream().filter(step -> !(step instanceof Step.Rewrite)).toList());

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
