package dev.hone.backend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Episode;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Evidence;
import dev.hone.experience.Interaction;
import dev.hone.experience.Kind;
import dev.hone.experience.Lesson;
import dev.hone.experience.Role;
import dev.hone.experience.State;
import dev.hone.port.Carried;
import dev.hone.port.Episodes;
import dev.hone.port.Exports;
import dev.hone.port.Forgetting;
import dev.hone.port.Imports;
import dev.hone.port.Journal;
import dev.hone.port.Pool;
import dev.hone.testing.Samples;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports and exports in SQLite. */
class SqlImportsTest extends ImportsContract {

  private static final String SPACE = Samples.SPACE;

  @TempDir private Path folder;
  @TempDir private Path other;
  private Stores stores;

  @BeforeEach
  void open() {
    stores = Stores.in(folder, new SettableClock());
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private static Imports imports(Stores stores) {
    SettableClock clock = new SettableClock();
    return new SqlImports(
        stores.database(), stores.forgetting(clock), clock, text -> text.split("\\s+", -1).length);
  }

  @Override
  Imports imports() {
    return imports(stores);
  }

  @Override
  Forgetting forgetting() {
    return stores.forgetting(new SettableClock());
  }

  @Override
  Exports exports() {
    return new SqlExports(stores.database());
  }

  @Override
  Journal journal() {
    return stores.journal();
  }

  @Override
  Pool pool() {
    return stores.pool();
  }

  @Test
  void whatWasForgottenIsNotExported() {
    imports().take(SPACE, List.of(List.of(recording("a", null, "x"), recording("b", null, "y"))));
    add("i", "a");
    add("j", "b");
    add("k", "b");
    stores
        .database()
        .write(
            handle ->
                handle.execute(
                    "INSERT INTO forgotten VALUES ('main', 'INTERACTION', 'a', 'f'), ('main',"
                        + " 'ITEM', 'k', 'f')"));

    assertThat(exports().interactions(SPACE, exports().moment(SPACE), null, 9))
        .extracting(Carried.Recording::id)
        .containsExactly("b");
    assertThat(exports().items(SPACE, 3, null, 9))
        .extracting(each -> each.experience().id())
        .containsExactly("j");
  }

  private void add(String id, String interaction) {
    Evidence evidence =
        new Evidence(interaction, Role.USER, "question " + interaction, Samples.ANN);
    apply(
        List.of(
            new Change.Add(
                id,
                Samples.fact("when", "what"),
                State.ACTIVE,
                Samples.ANN,
                List.of(evidence),
                List.of())));
  }

  private Optional<Commit> apply(List<Change> changes) {
    return apply(changes, null);
  }

  private Optional<Commit> apply(List<Change> changes, @Nullable Episode learned) {
    return stores
        .pool()
        .apply(new Pool.ChangeSet(SPACE, Commit.Kind.EDIT, "ann", "why", changes, learned));
  }

  /** Everything of a space, page by page. */
  private static List<Object> all(Stores stores) {
    Exports exports = new SqlExports(stores.database());
    Exports.Moment moment = exports.moment(SPACE);
    List<Object> all = new ArrayList<>();
    String after = null;
    for (List<Carried.Episode> page = exports.episodes(SPACE, moment, after, 2);
        !page.isEmpty();
        page = exports.episodes(SPACE, moment, after, 2)) {
      all.addAll(page);
      after = page.getLast().id();
    }
    after = null;
    for (List<Carried.Recording> page = exports.interactions(SPACE, moment, after, 3);
        !page.isEmpty();
        page = exports.interactions(SPACE, moment, after, 3)) {
      all.addAll(page);
      after = page.getLast().id();
    }
    all.addAll(items(stores));
    return all;
  }

  private static List<Carried.Item> items(Stores stores) {
    Exports exports = new SqlExports(stores.database());
    List<Carried.Item> items = new ArrayList<>();
    String after = null;
    long head = stores.pool().head(SPACE);
    for (List<Carried.Item> page = exports.items(SPACE, head, after, 3);
        !page.isEmpty();
        page = exports.items(SPACE, head, after, 3)) {
      items.addAll(page);
      after = page.getLast().experience().id();
    }
    return items;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyPoolThatIsCarriedElsewhereIsTheSameThere(long seed) {
    populate(new Random(seed));
    try (Stores there = Stores.in(other, new SettableClock())) {
      Imports imports = imports(there);
      takeAll(there, exports().moment(SPACE));
      Map<String, Carried.Item> items = new HashMap<>();
      Map<String, String> lines = new HashMap<>();
      for (Carried.Item item : items(stores)) {
        items.put("line " + item.experience().id(), item);
        lines.put(item.experience().id(), "line " + item.experience().id());
      }
      imports.stage(SPACE, "s", lines);
      imports.commit(SPACE, "s", "ann", "why", items::get);

      assertThat(items).isNotEmpty();
      assertThat(all(there))
          .usingRecursiveComparison()
          .ignoringFields("experience.sequence")
          .ignoringFieldsMatchingRegexes(".*experience\\.sequence")
          .isEqualTo(all(stores));
      assertThat(new CommitChain(there.database()).examine(false, (done, of) -> {}).healthy())
          .isTrue();
      assertThat(new StoredMessages(there.database()).examine(false, (done, of) -> {}).healthy())
          .isTrue();
      there.pool().restore(SPACE, 0, "ann", "undo");
      assertThat(there.pool().inStates(SPACE, List.of(State.ACTIVE, State.CANDIDATE))).isEmpty();
    }
  }

  /** Carries episodes and interactions from here to there. */
  private List<Imports.Fate> takeAll(Stores there, Exports.Moment moment) {
    List<Imports.Fate> fates = new ArrayList<>();
    List<Carried.Episode> episodes = exports().episodes(SPACE, moment, null, 100);
    fates.addAll(imports(there).takeEpisodes(SPACE, episodes));
    List<Carried.Recording> others = exports().interactions(SPACE, moment, null, 100);
    fates.addAll(imports(there).take(SPACE, others.stream().map(List::of).toList()));
    return fates;
  }

  private void put(String episode, String id, @Nullable String repeats) {
    String words = "question " + (repeats == null ? id : repeats);
    stores
        .journal()
        .recorded(
            Samples.opening(id, Samples.scope(SPACE, Samples.ANN), Samples.user(words)),
            Samples.answered(Samples.assistant("yes")),
            List.of());
    Interaction found = stores.journal().interaction(SPACE, id).orElseThrow();
    stores.episodes().put(List.of(new Episodes.Place(episode, found, 1, repeats)));
  }

  @Test
  void anEpisodeOfInteractionsThatCameBeforeIsHereAlready() {
    put("e", "a", null);
    try (Stores there = Stores.in(other, new SettableClock())) {
      assertThat(takeAll(there, exports().moment(SPACE))).containsExactly(Imports.Fate.TAKEN);
      stores.episodes().close(List.of("e"), Samples.START);
      List<Carried.Episode> closed = exports().episodes(SPACE, exports().moment(SPACE), null, 9);

      assertThat(imports(there).fatesOfEpisodes(SPACE, closed)).containsExactly(Imports.Fate.THERE);
      assertThat(imports(there).takeEpisodes(SPACE, closed)).containsExactly(Imports.Fate.THERE);
      assertThat(there.episodes().summary(SPACE, "e")).isEmpty();
    }
  }

  @Test
  void anEpisodeCountsWhatCameWithItOnly() {
    put("e", "a", null);
    try (Stores there = Stores.in(other, new SettableClock())) {
      takeAll(there, exports().moment(SPACE));
      put("e", "b", null);
      put("e", "c", "a");
      put("e", "d", "b");
      stores.episodes().close(List.of("e"), Samples.START);

      assertThat(takeAll(there, exports().moment(SPACE))).containsExactly(Imports.Fate.TAKEN);

      Episodes.Summary summary = there.episodes().summary(SPACE, "e").orElseThrow();
      assertThat(summary.size()).as("b, and c, which repeats what is elsewhere").isEqualTo(2);
      assertThat(summary.repetitions()).as("d").isEqualTo(1);
      assertThat(takeAll(there, exports().moment(SPACE))).containsExactly(Imports.Fate.THERE);
    }
  }

  @Test
  void nothingIsMissingThatIsPutTogetherAndLearnedFromWhileItIsRead() {
    put("closed", "a", null);
    stores.episodes().close(List.of("closed"), Samples.START);
    put("open", "b", null);
    stores
        .journal()
        .recorded(
            Samples.opening("c", Samples.scope(SPACE, Samples.ANN), Samples.user("loose")),
            Samples.answered(Samples.assistant("yes")),
            List.of());
    Exports.Moment moment = exports().moment(SPACE);
    Interaction loose = stores.journal().interaction(SPACE, "c").orElseThrow();
    stores.episodes().put(List.of(new Episodes.Place("opened since", loose)));
    stores.episodes().close(List.of("open", "opened since"), Samples.START);
    apply(
        List.of(
            new Change.Add(
                "i",
                Samples.fact("when", "what"),
                State.ACTIVE,
                Samples.ANN,
                List.of(new Evidence("a", Role.USER, "question a", Samples.ANN)),
                List.of())),
        stores.episodes().episode(SPACE, "closed").orElseThrow());

    assertThat(exports().episodes(SPACE, moment, null, 9))
        .as("what came of it is not among the items of that moment")
        .extracting(Carried.Episode::id, Carried.Episode::state)
        .containsExactly(tuple("closed", EpisodeState.CLOSED));
    assertThat(exports().interactions(SPACE, moment, null, 9))
        .extracting(Carried.Recording::id)
        .containsExactly("b", "c");
    assertThat(exports().episodes(SPACE, exports().moment(SPACE), null, 9))
        .extracting(Carried.Episode::state)
        .containsExactly(EpisodeState.LEARNED, EpisodeState.CLOSED, EpisodeState.CLOSED);
    assertThat(exports().interactions(SPACE, exports().moment(SPACE), null, 9)).isEmpty();
  }

  /** Interactions, episodes, and any sequence of changes of items. */
  private void populate(Random random) {
    int interactions = 1 + random.nextInt(12);
    for (int i = 0; i < interactions; i++) {
      String id = "i" + (char) ('a' + i);
      stores
          .journal()
          .opened(
              Samples.opening(
                  id, Samples.scope(SPACE, who(random)), Samples.user("question " + id)));
      stores
          .journal()
          .completed(SPACE, id, Samples.answered(Samples.assistant("answer " + random.nextInt(4))));
      if (random.nextInt(3) == 0) {
        stores
            .journal()
            .outcome(SPACE, Samples.correction("o" + id, id, who(random), "words " + id));
      }
      if (random.nextBoolean()) {
        Interaction found = stores.journal().interaction(SPACE, id).orElseThrow();
        String episode = "e" + found.scope().principal() + random.nextInt(2);
        stores.episodes().put(List.of(new Episodes.Place(episode, found)));
      }
    }
    stores.episodes().close(List.of("eann0", "eben0", "eben1"), Samples.START);
    for (int i = 0; i < 25; i++) {
      change(
          random,
          "x" + (char) ('a' + random.nextInt(8)),
          "i" + (char) ('a' + random.nextInt(interactions)));
    }
    if (stores.pool().head(SPACE) == 0) {
      add("xz", "ia");
    }
  }

  private static String who(Random random) {
    return random.nextBoolean() ? Samples.ANN : "ben";
  }

  private void change(Random random, String id, String interaction) {
    Evidence span = new Evidence(interaction, Role.USER, "question " + interaction, who(random));
    State state = random.nextBoolean() ? State.ACTIVE : State.CANDIDATE;
    Lesson lesson =
        new Lesson(
            "title",
            "when " + random.nextInt(5),
            "what " + random.nextInt(5),
            random.nextBoolean() ? Kind.FACT : Kind.PROCEDURE,
            "general");
    boolean here = stores.pool().experience(SPACE, id).isPresent();
    Change change =
        !here
            ? new Change.Add(id, lesson, state, who(random), List.of(span), List.of())
            : switch (random.nextInt(4)) {
              case 0 -> new Change.Revise(id, lesson, state, List.of(span));
              case 3 -> new Change.Revise(id, lesson, state, List.of(written(id, lesson)));
              case 1 -> new Change.Reinforce(id, state, List.of(span));
              default -> new Change.Withdraw(id, Optional.of("xa"));
            };
    apply(List.of(change));
    if (random.nextInt(8) == 0) {
      stores.pool().restore(SPACE, random.nextLong(stores.pool().head(SPACE)) + 1, "ann", "undo");
    }
  }

  /** What a person writes in an edit. */
  private Evidence written(String id, Lesson lesson) {
    int version = stores.pool().experience(SPACE, id).orElseThrow().version() + 1;
    return new Evidence("edit/" + id + "/" + version, Role.OUTCOME, lesson.content(), Samples.ANN);
  }
}
