package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.answered;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Scope;
import dev.hone.experience.Selection;
import dev.hone.experience.Selection.By;
import dev.hone.port.Check;
import dev.hone.port.Episodes;
import dev.hone.port.Forgetting;
import dev.hone.port.Forgotten;
import dev.hone.port.Imports;
import dev.hone.port.Journal;
import dev.hone.testing.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forgetting in SQLite. */
class SqlForgettingTest extends ForgettingContract {

  private static final String WORD = "ZQSECRET";
  private static final int INTERACTIONS = 900;

  @TempDir private Path folder;
  private Stores stores;

  @BeforeEach
  void open() {
    stores = Stores.in(folder, clock());
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Override
  Stores stores() {
    return stores;
  }

  @Override
  void assertChainVerifies() {
    for (Check check :
        List.of(new CommitChain(stores.database()), new ForgottenWords(stores.database()))) {
      Check.Finding finding = check.examine(false, (done, of) -> {});
      assertThat(finding.healthy()).as(finding.toString()).isTrue();
    }
  }

  private List<String> placesOf(String word) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file -> {
                try {
                  return Files.readString(file, ISO_8859_1).contains(word);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .map(Path::toString)
          .toList();
    }
  }

  @Test
  void theDoctorFindsWordsThatAreLeft() {
    stores
        .journal()
        .recorded(
            opening("a", scope(SPACE, ANN), user("the words")),
            answered(assistant("yes")),
            List.of());
    execute(new Selection(By.INTERACTION, "a", null));
    assertChainVerifies();

    stores
        .database()
        .write(
            handle -> {
              handle.execute("UPDATE interaction SET session = 'demo' WHERE id = 'a'");
              handle.execute(
                  "INSERT INTO evidence (space, experience, interaction, role, quote, principal,"
                      + " sequence) VALUES (?, 'x', 'a', 'USER', 'the words', ?, 1)",
                  SPACE,
                  ANN);
              return handle.execute("UPDATE forgetting SET state = 'PURGED'");
            });

    Check.Finding finding = new ForgottenWords(stores.database()).examine(false, (done, of) -> {});
    assertThat(finding.examples())
        .containsExactly(
            "interaction a is forgotten and still has words",
            "interaction a is forgotten and an item rests on it",
            "forgetting f1 is destroyed, and rows of it are left");
    stores
        .database()
        .write(handle -> handle.execute("DELETE FROM evidence WHERE experience = 'x'"));
  }

  private static String words(String id, int most, Random random) {
    return ((id.endsWith("mine") ? WORD : "plain") + id + " ").repeat(1 + random.nextInt(most));
  }

  private void complete(String id, Random random) {
    stores.journal().completed(SPACE, id, answered(assistant(words(id, 40, random))));
  }

  @Test
  void afterTheWipeNoCopyIsLeftBetweenTheRowsOfAnyPage() throws IOException {
    Random random = new Random(7);
    TreeSet<String> secret = new TreeSet<>();
    List<String> open = new ArrayList<>();
    for (int i = 0; i < INTERACTIONS; i++) {
      boolean mine = i % 7 == 3;
      String id = "i%05d%s".formatted(i, mine ? "mine" : "");
      Scope person = new Scope(SPACE, ANN, mine ? "zoe" : "max", null, null);
      stores.journal().opened(opening(id, person, user(words(id, 80, random))));
      open.add(id);
      if (mine) {
        secret.add(id);
      }
      // Rows that grow when their answer comes make others move to other pages.
      if (open.size() > 20) {
        complete(open.remove(random.nextInt(20)), random);
      }
    }
    open.forEach(id -> complete(id, random));
    assertThat(placesOf(WORD)).isNotEmpty();
    Selection zoe = new Selection(By.USER, "zoe", null);

    Forgetting.Plan plan = forgetting().plan(SPACE, zoe);
    assertThat(plan.interactions()).containsExactlyElementsOf(secret);
    execute(zoe);
    forgetting().destroy(LAST);
    forgetting().wipe();
    forgetting().purged(LAST);

    assertThat(placesOf(WORD)).isEmpty();
    assertThat(stores.journal().interaction(SPACE, "i00000").orElseThrow().messages()).hasSize(1);
    assertThat(stores.journal().receipts(SPACE, ANN, Journal.Wanted.ALL, null, 999))
        .hasSize(INTERACTIONS - secret.size());
  }

  @Test
  void wallsHoldInTheStoreToo() {
    stores
        .journal()
        .recorded(
            opening("other", scope("other", ANN), user("the same words")),
            answered(assistant("yes")),
            List.of());

    assertThat(
            forgetting().plan(SPACE, new Selection(By.INTERACTION, "other", null)).interactions())
        .isEmpty();
  }

  private void source(String interaction, String source) {
    stores()
        .database()
        .write(
            handle ->
                handle.execute(
                    "UPDATE interaction SET source = ? WHERE id = ?", source, interaction));
  }

  @Test
  void anImportedSourceOrARecordOfItIsForgottenAndItsKeysAreKnownByADigestOnly() {
    for (String id : List.of("a", "b", "c")) {
      stores()
          .journal()
          .recorded(
              opening(id, scope(SPACE, ANN), user("words of " + id)),
              answered(assistant("yes")),
              List.of());
    }
    source("a", "tau#7#0");
    source("b", "tau#70#0");
    source("c", "taurus#7#0");

    assertThat(forgetting().plan(SPACE, new Selection(By.SOURCE, "tau#7", null)).interactions())
        .containsExactly("a");
    execute(new Selection(By.SOURCE, "tau", null));

    List<String> keys = List.of("tau#7#0", "tau#70#0", "taurus#7#0");
    assertThat(forgetting().forgotten(SPACE, Forgotten.Kind.SOURCE, keys))
        .containsExactlyInAnyOrder("tau#7#0", "tau#70#0");
    assertThat(forgetting().forgotten("other", Forgotten.Kind.SOURCE, keys)).isEmpty();
    long inTheClear =
        stores()
            .database()
            .read(
                handle ->
                    handle
                        .createQuery("SELECT count(*) FROM forgotten WHERE id LIKE '%tau%'")
                        .mapTo(Long.class)
                        .one());
    assertThat(inTheClear).isZero();
  }

  @Test
  void aRepetitionTakesThePlaceOfWhatItRepeatedAndIsLearnedFrom() {
    for (String id : List.of("a", "b", "c")) {
      stores()
          .journal()
          .recorded(
              opening(id, scope(SPACE, ANN), user("the same words")),
              answered(assistant("yes")),
              List.of());
    }
    stores()
        .database()
        .write(
            handle -> {
              handle.execute(
                  "INSERT INTO episode (id, space, principal, revision, state, size, last_at,"
                      + " due_at, attempts, repetitions) VALUES ('e', ?, ?, 1, 'LEARNED', 1, 0, 0,"
                      + " 0, 2)",
                  SPACE,
                  ANN);
              handle.execute("UPDATE interaction SET episode = 'e'");
              return handle.execute("UPDATE interaction SET repeats = 'a' WHERE id <> 'a'");
            });

    execute(new Selection(By.INTERACTION, "a", null));

    assertThat(repeats()).containsExactly("a:null", "b:null", "c:b");
    assertThat(counts()).isEqualTo("1 and 1");
    assertThat(stores().episodes().due(clock().instant()).orElseThrow().revision()).isEqualTo(2);
    forgetting().undo(SPACE, LAST, "cora");
    assertThat(repeats()).containsExactly("a:null", "b:a", "c:a");
    assertThat(counts()).isEqualTo("1 and 2");
    assertThat(stores().episodes().due(clock().instant())).isEmpty();
  }

  private String counts() {
    Episodes.Summary episode = stores().episodes().summary(SPACE, "e").orElseThrow();
    return episode.size() + " and " + episode.repetitions();
  }

  @Test
  void anAnswerThatComesBetweenThePlanAndItsExecutionIsLookedAt() throws Exception {
    teach("i1", ANN, "x1", "Which lever?", "Turn the red lever V7.");
    Selection hers = new Selection(By.INTERACTION, "i1", null);
    Forgetting.Order order = order(LAST, hers, forgetting().plan(SPACE, hers).token());
    CompletableFuture<Forgetting.Result> result = new CompletableFuture<>();
    Thread executing =
        Thread.ofPlatform().unstarted(() -> result.complete(forgetting().execute(order)));

    stores
        .database()
        .write(
            handle -> {
              executing.start();
              awaitWriting(executing);
              new SqlJournal(stores.database())
                  .record(
                      handle,
                      new Journal.Recorded(
                          shown("b1"), answered(assistant("The red lever.")), List.of()));
              return true;
            });

    assertThat(result.get())
        .isInstanceOfSatisfying(
            Forgetting.Result.Stale.class,
            stale -> assertThat(stale.plan().answers()).isEqualTo(1));
    executing.join();
    execute(hers);
    assertThat(stores.journal().interaction(SPACE, "b1").orElseThrow().answer()).isNull();
  }

  /** Until a thread waits for the writer. */
  private static void awaitWriting(Thread thread) {
    while (Stream.of(thread.getStackTrace())
        .noneMatch(
            frame ->
                frame.getClassName().equals(GroupCommit.class.getName())
                    && frame.getMethodName().equals("write"))) {
      Thread.onSpinWait();
    }
  }

  private int rows(String table) {
    return stores()
        .database()
        .read(
            handle ->
                handle.createQuery("SELECT count(*) FROM " + table).mapTo(Integer.class).one());
  }

  private void unfinished(String source, String title) {
    SqlImports imports =
        new SqlImports(stores.database(), forgetting(), clock(), text -> text.length());
    imports.stage(SPACE, source, Map.of("x", "{\"experience\":{\"title\":\"" + title + "\"}}"));
    imports.reached(SPACE, source, new Imports.Point(3, "a mark", clock().instant()));
  }

  @Test
  void ofAnImportThatIsForgottenNothingIsKnownAndNothingWaits() {
    unfinished("jane-doe", "one");
    unfinished("other", "By Jane\\nDoe");
    unfinished("third", "i1");
    unfinished("fourth", "By John Doe");

    execute("f1", new Selection(By.SOURCE, "jane-doe", ANN));
    assertThat(rows("import")).as("of one principal's interactions only").isEqualTo(4);
    execute("f2", new Selection(By.SOURCE, "jane-doe", null));
    assertThat(rows("import")).isEqualTo(3);
    execute("f3", new Selection(By.QUERY, "jane doe", null));
    assertThat(rows("import")).isEqualTo(2);
    stores.closedEpisode("e1", "i1", scope(SPACE, ANN));
    execute("f4", new Selection(By.INTERACTION, "i1", null));

    assertThat(rows("import WHERE source = 'fourth'")).isEqualTo(1);
    assertThat(rows("import")).isEqualTo(1);
    assertThat(rows("staged")).isEqualTo(1);
    forgetting().undo(SPACE, "f4", "cora");
    assertThat(rows("staged")).isEqualTo(1);
  }

  private List<String> repeats() {
    return stores()
        .database()
        .read(
            handle ->
                handle
                    .createQuery("SELECT id, repeats FROM interaction ORDER BY id")
                    .map((set, context) -> set.getString(1) + ":" + set.getString(2))
                    .list());
  }

  /** Rows that grow move others to other pages; the copies that stay behind outlive a deletion. */
  @Test
  void aWipeTakesTheCopiesThatSqliteLeavesBetweenTheRowsOfAPage() throws IOException {
    Random random = new Random(1);
    stores
        .database()
        .write(
            handle -> {
              handle.execute(
                  "CREATE TABLE scratch (id INTEGER PRIMARY KEY, name TEXT, words BLOB)");
              for (int i = 0; i < 3_000; i++) {
                handle.execute("INSERT INTO scratch VALUES (?, ?, NULL)", i, word(i));
                if (i > 20) {
                  int grown = i - 1 - random.nextInt(20);
                  handle.execute(
                      "UPDATE scratch SET words = ? WHERE id = ?",
                      word(grown).repeat(1 + random.nextInt(100)),
                      grown);
                }
              }
              return handle.execute("DELETE FROM scratch WHERE id % 7 = 3");
            });
    close();
    assertThat(placesOf(WORD)).as("what secure_delete leaves behind").isNotEmpty();
    open();

    forgetting().wipe();

    assertThat(placesOf(WORD)).isEmpty();
  }

  private static String word(int i) {
    return (i % 7 == 3 ? WORD : "plain") + i + " ";
  }

  @Test
  void whoWritesDuringAWipeWaitsAndIsNotRefused() throws Exception {
    List<Thread> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      int number = writer;
      writers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < 20; i++) {
                      String id = "w%d-%02d".formatted(number, i);
                      stores.journal().opened(opening(id, scope(SPACE, ANN), user("of " + id)));
                    }
                  }));
    }
    for (int i = 0; i < 5; i++) {
      forgetting().wipe();
    }
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(stores.journal().receipts(SPACE, ANN, Journal.Wanted.ALL, null, 999)).hasSize(80);
    assertThat(Files.size(folder.resolve("hone.db"))).isPositive();
  }
}
