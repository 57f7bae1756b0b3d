package dev.hone.backend;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.draft;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.judged;
import static dev.hone.testing.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.experience.Episode;
import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import dev.hone.port.Unwritable;
import dev.hone.testing.CountingIds;
import dev.hone.testing.LocalBackends;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backend asks of its pool, and what it knows of it after the disk refused a change. */
class RefusedWritesTest {

  private static final Lesson SIX = fact("How many legs do insects have?", "Insects have 6 legs.");
  private static final Lesson SPIDERS =
      fact("How many legs do insects of Fiji have?", "Insects have 6 legs.");

  @TempDir private Path folder;
  private Stores stores;
  private LocalBackends backends;
  private final AtomicInteger episodes = new AtomicInteger();
  private final List<String> asked = new ArrayList<>();
  private String refused = "";

  @BeforeEach
  void open() {
    stores = Stores.in(folder, new SettableClock());
    backends = backends(2);
  }

  @AfterEach
  void close() {
    backends.close();
    stores.close();
  }

  private LocalBackends backends(int cap) {
    return new LocalBackends(
        folder,
        new Stores(
            stores.journal(),
            stores.episodes(),
            watched(stores.pool()),
            stores.spaces(),
            stores.keys(),
            stores.database()),
        new CountingIds(),
        new LocalBackends.Bounds(1, cap, 100));
  }

  /** Notes what is asked of a pool, and refuses it at will. */
  private Pool watched(Pool pool) {
    return (Pool)
        Proxy.newProxyInstance(
            Pool.class.getClassLoader(),
            new Class<?>[] {Pool.class},
            (proxy, method, arguments) -> {
              asked.add(method.getName());
              if (method.getName().equals(refused)) {
                throw new Unwritable(Unwritable.Reason.FULL, "The disk is full.", null);
              }
              try {
                return method.invoke(pool, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void learn(Lesson lesson) {
    String id = "e%03d".formatted(episodes.incrementAndGet());
    Episode episode =
        stores.closedEpisode(
            id, "i-" + id, scope(SPACE, ANN), correction("o-" + id, "i-" + id, ANN, "yes"));
    backends.backend.store(
        episode, List.of(draft(lesson, judged("i-" + id, ANN, "yes"))), List.of());
  }

  private List<Lesson> shown() {
    return stores.pool().inStates(SPACE, List.of(State.CANDIDATE, State.ACTIVE)).stream()
        .map(Experience::lesson)
        .toList();
  }

  private void whileRefused(String method, Runnable change) {
    refused = method;
    assertThatThrownBy(change::run).isInstanceOf(Unwritable.class);
    refused = "";
  }

  private void refine() {
    backends.backend.refine(SPACE, false, "test", "test");
  }

  @Test
  void whatARefusedRefinementWouldHaveMergedIsKnownAsItStands() {
    learn(SIX);
    learn(SPIDERS);
    whileRefused("apply", this::refine);
    learn(SIX);

    assertThat(shown()).containsExactly(SIX, SPIDERS);
    refine();
    assertThat(shown()).as("so there was something to merge").hasSize(1);
  }

  @Test
  void whatARollbackBroughtBackIsKnownThoughItsMarkIsRefused() {
    learn(SIX);
    learn(SPIDERS);
    refine();
    whileRefused("reject", () -> backends.backend.restore(SPACE, 2, ANN, "test"));
    learn(SIX);

    assertThat(shown()).containsExactly(SIX, SPIDERS);
  }

  @Test
  void aPoolThatIsNotFullIsNotReadToMakeRoom() {
    learn(SIX);
    learn(SPIDERS.ofType("a"));
    asked.clear();
    learn(SIX.ofType("b"));
    assertThat(asked).doesNotContain("inStates", "leastSupported");

    learn(SIX.ofType("c"));
    learn(SPIDERS.ofType("c"));
    learn(fact("Where is the fuse?", "In the drawer.").ofType("c"));
    assertThat(asked).contains("leastSupported").doesNotContain("inStates");
    assertThat(shown()).hasSize(5).doesNotContain(SIX.ofType("c"));
  }
}
