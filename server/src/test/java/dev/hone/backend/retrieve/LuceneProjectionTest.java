package dev.hone.backend.retrieve;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.judged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Explanation;
import dev.hone.experience.Hit;
import dev.hone.experience.Query;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import dev.hone.port.Projection;
import dev.hone.port.Utility;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index in Lucene, which can be thrown away at any time. */
class LuceneProjectionTest extends RetrieverContract {

  private static final List<String> WORDS =
      List.of("amber", "basil", "cedar", "delta", "ember", "fjord", "grove", "haze", "iris");

  @TempDir private Path folder;
  private Stores stores;
  private LuceneProjection projection;
  private Utility utility = Utility.UNKNOWN;

  @BeforeEach
  void open() {
    stores = Stores.in(folder, new SettableClock());
    projection = make(stores.pool());
  }

  @AfterEach
  void close() {
    projection.close();
    stores.close();
  }

  private LuceneProjection make(Pool pool) {
    Analysis analysis = new Analysis();
    return new LuceneProjection(
        folder.resolve("index"),
        pool,
        analysis,
        new Background(analysis),
        new Bm25(1.2, 0.3),
        FLOOR,
        utility);
  }

  @Override
  Pool pool() {
    return stores.pool();
  }

  @Override
  Projection projection() {
    return projection;
  }

  /** Items added, revised and withdrawn over many commits. */
  private void fill() {
    Random random = new Random(11);
    for (int i = 0; i < 60; i++) {
      applyIn(
          SPACE,
          add("item-%03d".formatted(i), fact(words(random), words(random)), State.ACTIVE, ANN));
      if (i % 5 == 4) {
        applyIn(SPACE, new Change.Withdraw("item-%03d".formatted(i - 2), Optional.empty()));
        applyIn(
            SPACE,
            new Change.Revise(
                "item-%03d".formatted(i - 1),
                fact(words(random), words(random)),
                State.ACTIVE,
                List.of(judged("j", ANN, "so"))));
      }
    }
  }

  private static String words(Random random) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      words.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    return words.toString();
  }

  private List<List<Hit>> hits() {
    List<List<Hit>> hits = new ArrayList<>();
    for (String word : WORDS) {
      hits.add(projection.retrieve(query(word + " ember")));
    }
    return hits;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("index"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("write.lock"))
          .sorted()
          .toList();
    }
  }

  @Test
  void anIndexThatIsOpenedAgainFindsTheSame() {
    fill();
    List<List<Hit>> before = hits();
    projection.close();
    projection = make(stores.pool());

    assertThat(before).allSatisfy(hits -> assertThat(hits).hasSize(5));
    assertThat(hits()).isEqualTo(before);
  }

  @Test
  void anIndexThatWasDeletedIsMadeAnewAndFindsTheSameInTheSameOrder() throws IOException {
    fill();
    List<List<Hit>> before = hits();
    projection.close();
    for (Path file : files()) {
      Files.delete(file);
    }
    projection = make(stores.pool());

    assertThat(hits()).isEqualTo(before);
  }

  @Test
  void anIndexThatIsRenewedFindsTheSameWhileItIsSearchedAndHasNoFileOfTheOldOne() throws Exception {
    fill();
    List<List<Hit>> before = hits();
    projection.close();
    projection = make(stores.pool());
    assertThat(hits()).isEqualTo(before);
    List<Path> old = files();
    AtomicBoolean over = new AtomicBoolean();
    AtomicReference<Throwable> failed = new AtomicReference<>();
    Thread searching =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((thread, e) -> failed.set(e))
            .start(
                () -> {
                  while (!over.get()) {
                    assertThat(hits()).isEqualTo(before);
                  }
                });
    for (int i = 0; i < 10; i++) {
      projection.renew(SPACE);
    }
    over.set(true);
    searching.join();

    assertThat(failed.get()).isNull();
    assertThat(hits()).isEqualTo(before);
    assertThat(old).isNotEmpty().noneMatch(Files::exists);
  }

  @Test
  void anIndexWithGarbageInAnyFileIsMadeAnewAndFindsTheSameInTheSameOrder() throws IOException {
    fill();
    List<List<Hit>> before = hits();
    projection.close();
    Map<Path, byte[]> sound = new TreeMap<>();
    for (Path file : files()) {
      sound.put(file, Files.readAllBytes(file));
    }
    for (Path broken : oneOfEachKind(sound.keySet())) {
      for (Map.Entry<Path, byte[]> file : sound.entrySet()) {
        Files.write(file.getKey(), file.getValue());
      }
      byte[] garbage = new byte[sound.get(broken).length];
      new Random(5).nextBytes(garbage);
      Files.write(broken, garbage);
      projection = make(stores.pool());

      assertThat(hits()).as("garbage in %s", broken.getFileName()).isEqualTo(before);
      projection.close();
    }
    projection = make(stores.pool());
    assertThat(sound).hasSizeGreaterThan(2);
  }

  private static Collection<Path> oneOfEachKind(Collection<Path> files) {
    Map<String, Path> kinds = new TreeMap<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      kinds.putIfAbsent(name.substring(name.lastIndexOf('.') + 1), file);
    }
    return kinds.values();
  }

  @Test
  void anIndexWithAnEmptyFileIsMadeAnew() throws IOException {
    fill();
    List<List<Hit>> before = hits();
    projection.close();
    for (Path file : files()) {
      Files.write(file, new byte[0]);
    }
    projection = make(stores.pool());

    assertThat(hits()).isEqualTo(before);
  }

  @Test
  void anIndexAheadOfThePoolIsMadeAnew(@TempDir Path elsewhere) {
    fill();
    projection.close();
    try (Stores younger = Stores.in(elsewhere, new SettableClock())) {
      projection = make(younger.pool());

      assertThat(projection.retrieve(query("ember"))).isEmpty();
      projection.close();
      projection = make(stores.pool());
    }
  }

  @Test
  void anIndexOfAnotherHistoryIsMadeAnew(@TempDir Path elsewhere) {
    applyIn(SPACE, add("a", fact("amber", "basil"), State.ACTIVE, ANN));
    projection.close();
    stores.close();
    stores = Stores.in(elsewhere, new SettableClock());
    written(SPACE, add("b", fact("cedar", "delta"), State.ACTIVE, ANN));
    written(SPACE, add("c", fact("ember", "fjord"), State.ACTIVE, ANN));
    projection = make(stores.pool());

    assertThat(projection.retrieve(query("amber"))).isEmpty();
    assertThat(projection.retrieve(query("cedar"))).hasSize(1);
    assertThat(projection.retrieve(query("ember"))).hasSize(1);
  }

  @Test
  void whatIsWrittenWhileTheIndexCatchesUpIsSeenOnceTheNextTime() {
    applyIn(SPACE, add("a", fact("amber", "basil"), State.ACTIVE, ANN));
    written(SPACE, add("b", fact("amber", "cedar"), State.ACTIVE, ANN));
    AtomicBoolean once = new AtomicBoolean();
    projection.close();
    projection =
        make(
            pool(
                () -> {
                  if (once.compareAndSet(false, true)) {
                    written(SPACE, new Change.Withdraw("a", Optional.empty()));
                    written(SPACE, add("c", fact("amber", "delta"), State.ACTIVE, ANN));
                  }
                }));

    assertThat(projection.retrieve(query("amber")))
        .extracting(hit -> hit.experience().id())
        .containsExactlyInAnyOrder("a", "b");
    projection.catchUp(SPACE);
    assertThat(projection.retrieve(query("amber")))
        .extracting(hit -> hit.experience().id())
        .containsExactlyInAnyOrder("b", "c");
  }

  /** The pool, with something that happens each time before what was written is read. */
  private Pool pool(Runnable meanwhile) {
    return (Pool)
        Proxy.newProxyInstance(
            Pool.class.getClassLoader(),
            new Class<?>[] {Pool.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("writtenAfter")) {
                meanwhile.run();
              }
              return method.invoke(stores.pool(), arguments);
            });
  }

  @Test
  void theIndexHoldsNoText() throws IOException {
    applyIn(SPACE, add("a", fact("Zanzibar quokka", "sentences stay away"), State.ACTIVE, ANN));
    projection.close();
    projection = make(stores.pool());

    for (Path file : files()) {
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .doesNotContain("Zanzibar quokka")
          .doesNotContain("sentences stay");
    }
    assertThat(files()).isNotEmpty();
  }

  /** An index of two items, whose worth is given. */
  private void indexAnts(double worthOfA, double worthOfB) {
    utility = (query, experience, version) -> experience.equals("a") ? worthOfA : worthOfB;
    projection.close();
    projection = make(stores.pool());
    stores
        .pool()
        .apply(
            new Pool.ChangeSet(
                SPACE,
                Commit.Kind.DISTILL,
                "test",
                "test",
                List.of(
                    add("a", "How many legs has an ant?"), add("b", "Legs of an ant, and more")),
                null));
    projection.catchUp(SPACE);
  }

  private static Query ants() {
    return new Query(SPACE, ANN, "legs ant many", Set.of(), Query.HEAD, 1, Set.of());
  }

  @Test
  void whatIsWorthNothingIsNotFoundAndTheNextTakesItsPlace() {
    indexAnts(0, 1);

    assertThat(projection.retrieve(ants()))
        .extracting(hit -> hit.experience().id())
        .containsExactly("b");
    assertThat(projection.explain(ants()).considered())
        .extracting(each -> each.hit().experience().id(), Explanation.Considered::verdict)
        .containsExactly(
            tuple("b", Explanation.Verdict.FOUND), tuple("a", Explanation.Verdict.DOUBTED));
  }

  @Test
  void whatIsBehindManyThatAreWorthNothingIsFound() {
    utility = (query, experience, version) -> experience.startsWith("bad") ? 0 : 1;
    projection.close();
    projection = make(stores.pool());
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      changes.add(add("bad-" + i, "How many legs has an ant?"));
    }
    changes.add(add("good", "Legs of an ant, and of other animals with many of them"));
    stores
        .pool()
        .apply(new Pool.ChangeSet(SPACE, Commit.Kind.DISTILL, "test", "test", changes, null));
    projection.catchUp(SPACE);

    assertThat(projection.retrieve(ants()))
        .extracting(hit -> hit.experience().id())
        .containsExactly("good");
    assertThat(projection.explain(ants()).considered())
        .hasSize(51)
        .first()
        .extracting(Explanation.Considered::verdict)
        .isEqualTo(Explanation.Verdict.FOUND);
  }

  @Test
  void whatIsWorthMoreComesBeforeWhatScoresHigherAndTakesItsPlace() {
    indexAnts(1, 10);
    Query query = ants();

    assertThat(projection.retrieve(query))
        .extracting(hit -> hit.experience().id())
        .containsExactly("b");
    assertThat(projection.explain(query).considered())
        .extracting(each -> each.hit().experience().id(), Explanation.Considered::worth)
        .containsExactly(tuple("b", 10.0), tuple("a", 1.0));
  }

  private static Change add(String id, String when) {
    return new Change.Add(
        id, fact(when, "Six."), State.ACTIVE, ANN, List.of(judged("i", ANN, "six")), List.of());
  }
}
