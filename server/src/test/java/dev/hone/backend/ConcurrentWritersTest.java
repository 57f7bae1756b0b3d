package dev.hone.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Admission;
import dev.hone.experience.Commit;
import dev.hone.experience.Edit;
import dev.hone.experience.Episode;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Experience;
import dev.hone.experience.Query;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many write to one pool at once. What must hold of every store is checked when it closes. */
class ConcurrentWritersTest {

  private static final int WRITERS = 8;
  private static final int EACH = 30;
  private static final int SUBJECTS = 40;

  @TempDir private Path folder;
  private PoolWorld world;

  @BeforeEach
  void open() {
    world = new PoolWorld(folder, 1);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static String question(int subject) {
    return "How many rivets does panel " + subject + " of the hangar have?";
  }

  private static String answer(int subject) {
    return "Panel " + subject + " has " + (subject * 7 + 3) + " rivets.";
  }

  /** What one writer learns; the same subjects come up with others too. */
  private List<Admission> write(String space, int writer) {
    Random random = new Random(writer);
    List<Admission> admissions = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      int subject = random.nextInt(SUBJECTS);
      Episode episode =
          world.corrected(space, "writer-" + writer, question(subject), answer(subject));
      admissions.add(world.learn(episode));
    }
    return admissions;
  }

  private <T> List<T> together(List<Callable<T>> work) throws Exception {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
      for (Future<T> each : threads.invokeAll(work)) {
        results.add(each.get());
      }
    }
    return results;
  }

  private static List<Callable<List<Admission>>> writers(ConcurrentWritersTest test, String space) {
    return IntStream.range(0, WRITERS)
        .mapToObj(i -> (Callable<List<Admission>>) () -> test.write(space, i))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private Set<String> contents(String space) {
    return world.shown(space).stream()
        .map(item -> item.lesson().content())
        .collect(Collectors.toSet());
  }

  @Test
  void whatManyLearnAtOnceIsWhatTheyWouldLearnOneAfterTheOther() throws Exception {
    String one = world.space();
    for (int i = 0; i < WRITERS; i++) {
      write(one, i);
    }
    String other = world.space();

    List<List<Admission>> decided = together(writers(this, other));

    assertThat(contents(other)).isEqualTo(contents(one));
    assertThat(world.shown(other)).as("each once").hasSameSizeAs(world.shown(one));
    assertThat(decided.stream().flatMap(List::stream))
        .hasSize(WRITERS * EACH)
        .filteredOn(Admission.AddNew.class::isInstance)
        .extracting(Admission::experience)
        .containsExactlyInAnyOrderElementsOf(
            world.shown(other).stream().map(Experience::id).toList());
  }

  @Test
  void nothingIsLostWhileOthersRefineRollBackAndEdit() throws Exception {
    String space = world.space();
    List<Callable<List<Admission>>> work = writers(this, space);
    work.add(
        () -> {
          for (int i = 0; i < 10; i++) {
            world.refine(space);
          }
          return List.of();
        });
    work.add(
        () -> {
          Random random = new Random(99);
          for (int i = 0; i < 10; i++) {
            world.rollback(space, random.nextLong(world.stores.pool().head(space) + 1));
          }
          return List.of();
        });
    work.add(
        () -> {
          for (int i = 0; i < 10; i++) {
            world.shown(space).stream().findFirst().ifPresent(this::tryToWithdraw);
          }
          return List.of();
        });

    together(work);

    for (int i = 0; i < WRITERS; i++) {
      assertThat(
              world
                  .stores
                  .episodes()
                  .list(space, "writer-" + i, EpisodeState.LEARNED, null, 2 * EACH))
          .hasSize(EACH);
    }
    List<Commit> commits = world.stores.pool().commits(space, Query.HEAD, 10_000);
    assertThat(commits).hasSize((int) world.stores.pool().head(space));
  }

  /** The item may have changed in between, and then stays. */
  private void tryToWithdraw(Experience item) {
    world.backend.edit(
        item.space(), item.owner(), new Edit.Withdraw(item.id(), item.version()), "test");
  }
}
