package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.judged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Evidence;
import dev.hone.experience.Lesson;
import dev.hone.experience.Relation;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every {@link Pool} can be made again what it was after any commit. */
abstract class RestoreContract {

  private static final List<State> SHOWN = List.of(State.CANDIDATE, State.ACTIVE);
  private static final List<String> PRINCIPALS = List.of(ANN, "p0", "p1", "p2");
  private static final int COMMITS = 40;

  abstract Pool pool();

  /** What is seen of an item. */
  private record Seen(
      Lesson lesson, State state, String owner, List<Evidence> evidence, Set<Pool.Linked> links) {}

  private Map<String, Seen> snapshot(String space) {
    Map<String, Seen> items = new TreeMap<>();
    pool()
        .inStates(space, SHOWN)
        .forEach(
            item -> {
              List<Evidence> evidence = new ArrayList<>(pool().evidence(space, item.id()));
              evidence.sort(Comparator.comparing(Evidence::toString));
              items.put(
                  item.id(),
                  new Seen(
                      item.lesson(),
                      item.state(),
                      item.owner(),
                      evidence,
                      links(space, item.id())));
            });
    return items;
  }

  /** Its links, as far as anybody may read them. */
  private Set<Pool.Linked> links(String space, String item) {
    return PRINCIPALS.stream()
        .flatMap(who -> pool().links(space, item, who, 100).stream())
        .collect(Collectors.toSet());
  }

  private void apply(Change... changes) {
    assertThat(
            pool()
                .apply(
                    new Pool.ChangeSet(
                        SPACE, Commit.Kind.DISTILL, "test", "test", List.of(changes), null)))
        .isPresent();
  }

  private Optional<Commit> restore(long sequence) {
    return pool().restore(SPACE, sequence, "test", "undo");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theStateAfterAnyCommitComesBackAndCanBeLeftAgain(long seed) {
    Random random = new Random(seed);
    List<Map<String, Seen>> states = new ArrayList<>(List.of(Map.of()));
    for (int i = 0; i < COMMITS; i++) {
      if (random.nextInt(6) == 0) {
        restore(random.nextInt(states.size()));
      } else {
        apply(changes(random, i));
      }
      while (states.size() <= pool().head(SPACE)) {
        states.add(snapshot(SPACE));
      }
    }
    int head = states.size() - 1;
    for (int i = 0; i < 8; i++) {
      int target = random.nextInt(states.size());
      restore(target);
      assertThat(snapshot(SPACE))
          .as("commit %d, seed %d", target, seed)
          .isEqualTo(states.get(target));
      restore(head);
      assertThat(snapshot(SPACE)).as("forward, seed %d", seed).isEqualTo(states.get(head));
    }
  }

  /** One to three changes, of which no two touch the same item. */
  private Change[] changes(Random random, int round) {
    List<String> shown = new ArrayList<>(snapshot(SPACE).keySet());
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      String id = "item-%02d-%d".formatted(round, i);
      State state = random.nextBoolean() ? State.ACTIVE : State.CANDIDATE;
      Lesson lesson = fact("when " + random.nextInt(9), "what " + random.nextInt(9));
      Evidence evidence =
          judged("i" + random.nextInt(5), "p" + random.nextInt(3), "q" + random.nextInt(3));
      String old = shown.isEmpty() ? null : shown.remove(random.nextInt(shown.size()));
      String other = shown.isEmpty() ? null : shown.remove(random.nextInt(shown.size()));
      int what = old == null ? 0 : random.nextInt(8);
      if (what == 7) {
        changes.add(takeBack(random, old, state));
      } else if (what == 6 && other != null) {
        changes.add(link(random, old, other));
      } else if (what == 5 && other != null) {
        changes.add(new Change.Add(id, lesson, State.ACTIVE, ANN, List.of(), List.of(old, other)));
        changes.add(new Change.Withdraw(old, Optional.of(id)));
        changes.add(new Change.Withdraw(other, Optional.of(id)));
      } else if (what == 4) {
        changes.add(new Change.Withdraw(old, Optional.empty()));
      } else if (what == 3) {
        changes.add(new Change.Revise(old, lesson, state, List.of(evidence)));
        if (other != null) {
          changes.add(link(random, old, other));
        }
      } else if (what == 2) {
        changes.add(new Change.Reinforce(old, state, List.of(evidence)));
      } else {
        changes.add(
            new Change.Add(
                id, lesson, state, "p" + random.nextInt(3), List.of(evidence), List.of()));
        if (old != null) {
          changes.add(link(random, old, id));
        }
      }
    }
    return changes.toArray(Change[]::new);
  }

  private static Change link(Random random, String one, String other) {
    Relation relation = random.nextBoolean() ? Relation.RESEMBLES : Relation.CONTRADICTS;
    return new Change.Link(one, other, relation, random.nextInt(5) / 4.0);
  }

  /** All but one span no longer hold, and the item may be somebody else's. */
  private Change takeBack(Random random, String item, State state) {
    return new Change.TakeBack(
        item,
        state,
        "p" + random.nextInt(3),
        pool().evidence(SPACE, item).stream().skip(1).toList());
  }

  @Test
  void aCandidateIsAgainReadByWhoseItWasThenAlone() {
    apply(
        new Change.Add(
            "a",
            fact("when", "what"),
            State.CANDIDATE,
            ANN,
            List.of(judged("i1", ANN, "yes")),
            List.of()));
    apply(new Change.Reinforce("a", State.ACTIVE, List.of(judged("i2", "bob", "yes"))));
    apply(new Change.TakeBack("a", State.CANDIDATE, "bob", List.of(judged("i1", ANN, "yes"))));

    restore(1);

    assertThat(pool().readable(SPACE, "a", ANN)).isPresent();
    assertThat(pool().readable(SPACE, "a", "bob")).isEmpty();
  }

  @Test
  void aRestorationIsACommitOfItsOwnThatCanBeListed() {
    apply(add("a"));
    apply(new Change.Withdraw("a", Optional.empty()));

    Commit commit = restore(1).orElseThrow();

    assertThat(commit.kind()).isEqualTo(Commit.Kind.ROLLBACK);
    assertThat(commit.sequence()).isEqualTo(3);
    assertThat(commit.touched()).containsExactly(new Commit.Touched("a", 2, 3, State.ACTIVE));
    assertThat(pool().commit(SPACE, commit.id())).contains(commit);
  }

  @Test
  void restoringWhatIsThereAlreadyMakesNoCommit() {
    apply(add("a"));
    apply(new Change.Withdraw("a", Optional.empty()));
    restore(1);

    assertThat(restore(3)).isEmpty();
    assertThat(restore(1)).isEmpty();
    assertThat(pool().head(SPACE)).isEqualTo(3);
  }

  @Test
  void evidenceAloneIsRestoredToo() {
    apply(add("a"));
    apply(new Change.Reinforce("a", State.ACTIVE, List.of(judged("i2", "bob", "yes"))));

    Commit commit = restore(1).orElseThrow();

    assertThat(pool().evidence(SPACE, "a")).containsExactly(judged("i1", ANN, "yes"));
    assertThat(commit.touched()).containsExactly(new Commit.Touched("a", 1, 1, State.ACTIVE));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsForeseenIsWhatThenHappensAndForeseeingItChangesNothing(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < COMMITS; i++) {
      apply(changes(random, i));
    }
    for (int i = 0; i < 8; i++) {
      int target = random.nextInt(COMMITS);
      Map<String, Seen> before = snapshot(SPACE);
      long head = pool().head(SPACE);

      Optional<Pool.Foreseen> foreseen = pool().foreseeRestore(SPACE, target, "p1", "undo");

      assertThat(pool().head(SPACE)).isEqualTo(head);
      assertThat(snapshot(SPACE)).isEqualTo(before);
      Optional<Commit> made = pool().restore(SPACE, target, "p1", "undo");
      assertThat(foreseen.isPresent()).isEqualTo(made.isPresent());
      made.ifPresent(
          commit -> {
            Pool.Foreseen seen = foreseen.orElseThrow();
            assertThat(seen.commit().touched()).isEqualTo(commit.touched());
            assertThat(seen.commit().sequence()).isEqualTo(commit.sequence());
            assertThat(seen.commit().parent()).isEqualTo(commit.parent());
            assertThat(seen.differences())
                .as("commit %d, seed %d", target, seed)
                .isEqualTo(pool().differences(SPACE, head, head + 1, "p1"));
          });
    }
  }

  @Test
  void commitZeroIsTheEmptyPool() {
    apply(add("a"));
    restore(0);

    assertThat(snapshot(SPACE)).isEmpty();
  }

  @Test
  void aCommitThatIsNotThereCannotBeRestored() {
    apply(add("a"));

    assertThatThrownBy(() -> restore(2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> restore(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void otherSpacesStayAsTheyAre() {
    pool()
        .apply(
            new Pool.ChangeSet(
                "other",
                Commit.Kind.DISTILL,
                "test",
                "test",
                List.of(add("a", "elsewhere")),
                null));
    apply(add("a"));
    apply(add("b"));
    Map<String, Seen> before = snapshot("other");
    restore(0);

    assertThat(before).hasSize(1);
    assertThat(snapshot("other")).isEqualTo(before);
  }

  private static Change add(String id) {
    return add(id, "i1");
  }

  private static Change add(String id, String interaction) {
    return new Change.Add(
        id,
        fact("when", "what"),
        State.ACTIVE,
        ANN,
        List.of(judged(interaction, ANN, "yes")),
        List.of());
  }
}
