package dev.hone.backend;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.asked;
import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.draft;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.judged;
import static dev.hone.testing.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hone.experience.Admission;
import dev.hone.experience.Decision;
import dev.hone.experience.Draft;
import dev.hone.experience.Edit;
import dev.hone.experience.Episode;
import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import dev.hone.experience.Relation;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import dev.hone.testing.CountingIds;
import dev.hone.testing.LocalBackends;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pool does with what it is told, over real stores. */
class LocalBackendTest {

  private static final Lesson SIX = fact("How many legs do insects have?", "Insects have 6 legs.");
  private static final Lesson EIGHT =
      fact("How many legs do insects usually have?", "Insects have 8 legs.");
  private static final Lesson SPIDERS =
      fact("How many legs do insects of Fiji have?", "Insects have 6 legs.");

  @TempDir private Path folder;
  private Stores stores;
  private LocalBackends backends;
  private final CountingIds ids = new CountingIds();
  private final AtomicInteger episodes = new AtomicInteger();

  @BeforeEach
  void open() {
    stores = Stores.in(folder, new SettableClock());
    backends = backends(100, 100);
  }

  @AfterEach
  void close() {
    backends.close();
    stores.close();
  }

  private LocalBackends backends(int cap, int total) {
    return new LocalBackends(
        folder,
        stores,
        () -> {
          synchronized (ids) {
            return ids.next();
          }
        },
        new LocalBackends.Bounds(1, cap, total));
  }

  private void limit(int cap, int total) {
    backends.close();
    backends = backends(cap, total);
  }

  private Episode learn(Lesson... lessons) {
    return learn(ANN, lessons);
  }

  private Episode learn(String principal, Lesson... lessons) {
    String id = "e%03d".formatted(episodes.incrementAndGet());
    Episode episode =
        stores.closedEpisode(
            id,
            "i-" + id,
            scope(SPACE, principal),
            correction("o-" + id, "i-" + id, principal, "yes"));
    Draft[] drafts =
        Stream.of(lessons)
            .map(lesson -> draft(lesson, judged("i-" + id, principal, "yes")))
            .toArray(Draft[]::new);
    backends.backend.store(episode, List.of(drafts), List.of());
    return episode;
  }

  private List<Experience> shown() {
    return stores.pool().inStates(SPACE, List.of(State.CANDIDATE, State.ACTIVE));
  }

  private String idOf(Lesson lesson) {
    return shown().stream()
        .filter(item -> item.lesson().equals(lesson))
        .map(Experience::id)
        .findFirst()
        .orElseThrow();
  }

  private List<Pool.Linked> links(Lesson lesson) {
    return stores.pool().links(SPACE, idOf(lesson), ANN, 10);
  }

  @Test
  void whatSaysOtherwiseOfTheSameSituationContradicts() {
    learn(SIX);
    learn(EIGHT);

    assertThat(links(SIX))
        .extracting(Pool.Linked::experience, Pool.Linked::relation)
        .containsExactly(tuple(idOf(EIGHT), Relation.CONTRADICTS));
    assertThat(links(EIGHT)).extracting(Pool.Linked::experience).containsExactly(idOf(SIX));
  }

  @Test
  void whatIsNearButNamesSomethingElseResembles() {
    learn(SIX, SPIDERS);

    assertThat(links(SIX)).extracting(Pool.Linked::relation).containsExactly(Relation.RESEMBLES);
  }

  @Test
  void whatAPersonWritesIsLinkedToo() {
    learn(SIX);
    backends.backend.edit(SPACE, ANN, new Edit.Create("by-hand", EIGHT), "test");

    assertThat(links(SIX)).extracting(Pool.Linked::experience).containsExactly("by-hand");
  }

  @Test
  void whyADraftIsNewNamesWhatItIsNear() {
    learn(SIX);
    Episode episode = learn(SPIDERS);

    Decision decision = stores.pool().decisions(SPACE, episode.id()).getFirst().decision();
    assertThat(decision.made()).isEqualTo(Decision.Made.ADD_NEW);
    assertThat(decision.reason())
        .startsWith("near " + idOf(SIX) + ", similarity 0.")
        .endsWith("but a number or name differs");
  }

  @Test
  void anotherWordingOfAnItemIsRemembered() {
    Lesson shorter = fact("What red algae live in the deep sea?", "Rhodophyta do.");
    Lesson whole = fact("What small red algae live in the deep sea?", "Rhodophyta do.");
    learn(shorter);
    learn(whole);
    learn(fact("What small algae live in the deep sea?", "Rhodophyta do."));

    assertThat(shown()).singleElement().extracting(Experience::lesson).isEqualTo(shorter);
  }

  @Test
  void aPreviewChangesNothingThatIsDecidedLater() {
    Lesson shorter = fact("What red algae live in the deep sea?", "Rhodophyta do.");
    Lesson whole = fact("What small red algae live in the deep sea?", "Rhodophyta do.");
    Lesson other = fact("What small algae live in the deep sea?", "Rhodophyta do.");
    Episode episode = learn(shorter);
    assertThat(
            backends.backend.preview(episode, List.of(draft(whole, judged("i-e001", ANN, "yes")))))
        .hasExactlyElementsOfTypes(Admission.Reinforce.class);
    learn(other);

    assertThat(shown()).extracting(Experience::lesson).containsExactly(shorter, other);
  }

  @Test
  void itemsStayApartWhenTheyAreReadAgain() {
    learn(SIX);
    limit(100, 100);
    learn(SIX, EIGHT);

    assertThat(shown()).extracting(Experience::lesson).containsExactly(SIX, EIGHT);
    assertThat(links(SIX)).hasSize(1);
  }

  @Test
  void aWithdrawnItemIsNoLongerLinkedAndARollbackLinksItAgain() {
    learn(SIX);
    learn(EIGHT);
    backends.backend.edit(SPACE, ANN, new Edit.Withdraw(idOf(EIGHT), 1), "test");
    assertThat(links(SIX)).isEmpty();

    backends.backend.restore(SPACE, 2, ANN, "test");
    assertThat(links(SIX)).hasSize(1);
  }

  private static Lesson numbered(int number, String type) {
    return fact("What is said of thing " + number + "?", "It is " + number + ".").ofType(type);
  }

  @Test
  void aFullTypeLetsTheOldestOfTheLeastSupportedGoAndSaysSo() {
    limit(2, 100);
    learn(numbered(1, "a"));
    learn(numbered(2, "a"));
    learn("bob", numbered(1, "a"));
    String leaving = idOf(numbered(2, "a"));
    Episode episode = learn(numbered(3, "a"), numbered(4, "b"));

    assertThat(shown())
        .extracting(Experience::lesson)
        .containsExactly(numbered(1, "a"), numbered(3, "a"), numbered(4, "b"));
    assertThat(stores.pool().decisions(SPACE, episode.id()).getLast().decision())
        .isEqualTo(
            new Decision(
                Decision.Made.DISCARD,
                leaving,
                "A title",
                "made room: type a is full with 2 items, and this was the oldest of the least"
                    + " supported"));
  }

  @Test
  void nobodyIsToldWhoseCandidateMadeRoom() {
    limit(1, 100);
    Episode bobs = stores.closedEpisode("e-bob", "i-bob", scope(SPACE, "bob"));
    backends.backend.store(
        bobs, List.of(draft(numbered(1, "a"), asked("i-bob", "bob", "question i-bob"))), List.of());
    Episode anns = learn(numbered(2, "a"));

    Decision told = stores.pool().decisions(SPACE, anns.id()).getLast().decision();
    assertThat(told.made()).isEqualTo(Decision.Made.DISCARD);
    assertThat(told.reason()).startsWith("made room");
    assertThat(told.experience()).isNull();
    assertThat(told.title()).isEmpty();
    assertThat(shown()).extracting(Experience::lesson).containsExactly(numbered(2, "a"));
  }

  @Test
  void aFullSpaceLetsTheOldestOfAllTypesGo() {
    limit(100, 2);
    learn(numbered(1, "a"));
    learn(numbered(2, "b"));
    learn(numbered(3, "c"));

    assertThat(shown())
        .extracting(Experience::lesson)
        .containsExactly(numbered(2, "b"), numbered(3, "c"));
  }

  @Test
  void noMoreIsShownThanMayBeWhoeverWritesAtOnce() throws InterruptedException {
    limit(5, 8);
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int writer = i;
      writers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int n = 0; n < 5; n++) {
                      int number = writer * 10 + n;
                      learn("p" + writer, numbered(number, n % 2 == 0 ? "a" : "b"));
                      backends.backend.edit(
                          SPACE,
                          "p" + writer,
                          new Edit.Create("by-hand-" + number, numbered(number + 500, "a")),
                          "test");
                    }
                  }));
    }
    for (Thread each : writers) {
      each.join();
    }

    assertThat(stores.pool().head(SPACE)).isEqualTo(60);
    assertThat(shown()).hasSize(8);
    assertThat(shown().stream().filter(item -> item.lesson().type().equals("a")).count())
        .isLessThanOrEqualTo(5);
  }
}
