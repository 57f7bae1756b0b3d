package dev.hone.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.Erasure;
import dev.hone.backend.admit.NearDuplicates;
import dev.hone.backend.retrieve.IndexContents;
import dev.hone.experience.Admission;
import dev.hone.experience.Commit;
import dev.hone.experience.Draft;
import dev.hone.experience.Edit;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Interaction;
import dev.hone.experience.Kind;
import dev.hone.experience.Lesson;
import dev.hone.experience.Role;
import dev.hone.experience.Selection;
import dev.hone.experience.State;
import dev.hone.port.Episodes;
import dev.hone.port.Forgetting;
import dev.hone.port.Ids;
import dev.hone.port.Spaces;
import dev.hone.similarity.Analysis;
import dev.hone.testing.CountingIds;
import dev.hone.testing.LocalBackends;
import dev.hone.testing.Samples;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A whole backend over real stores and a real index, and the people whose words it learns from. */
final class PoolWorld implements AutoCloseable {

  static final List<State> SHOWN = List.of(State.CANDIDATE, State.ACTIVE);

  /** What is seen of an item. */
  record Seen(Lesson lesson, State state, String owner, List<Evidence> evidence) {}

  private final Path folder;
  private final int quorum;
  private final AtomicInteger made = new AtomicInteger();
  private final SettableClock clock = new SettableClock();
  private final Erasure erasure;
  private final Erasure aside;
  private final LocalBackends whole;
  final Stores stores;
  final LocalBackend backend;

  PoolWorld(Path folder, int quorum) {
    this.folder = folder;
    this.quorum = quorum;
    stores = Stores.in(folder, clock, quorum);
    whole =
        new LocalBackends(
            folder, stores, new CountingIds(), new LocalBackends.Bounds(quorum, 10_000, 10_000));
    backend = whole.backend;
    Ids ids = new CountingIds();
    erasure = erasure(ids, Duration.ZERO);
    aside = erasure(ids, Duration.ofDays(1));
  }

  private Erasure erasure(Ids ids, Duration window) {
    return new Erasure(
        stores.forgetting(clock, quorum),
        backend,
        whole.projection,
        space -> {},
        ids,
        clock,
        window);
  }

  /** A new space. */
  String space() {
    String name = "space-" + made.incrementAndGet();
    assertThat(stores.spaces().create(new Spaces.Space(name, Spaces.LearningMode.DISTILL)))
        .isTrue();
    return name;
  }

  /** Somebody asks, is answered wrongly and corrects: an episode of its own, to be learned from. */
  Episode corrected(String space, String principal, String question, String correction) {
    String id = "i-%06d".formatted(made.incrementAndGet());
    stores
        .journal()
        .recorded(
            Samples.opening(id, Samples.scope(space, principal), Samples.user(question)),
            Samples.answered(Samples.assistant("I don't know.")),
            List.of(Samples.correction("o-" + id, id, principal, correction)));
    Interaction taken = stores.journal().interaction(space, id).orElseThrow();
    stores.episodes().put(List.of(new Episodes.Place("e-" + id, taken)));
    stores.episodes().close(List.of("e-" + id), Samples.START);
    return stores.episodes().episode(space, "e-" + id).orElseThrow();
  }

  /** Says something else of the only interaction of an episode: its next revision. */
  Episode correctedAnew(Episode episode, String correction) {
    String id = episode.interactions().getFirst().id();
    stores
        .journal()
        .outcome(
            episode.space(),
            Samples.correction("o-" + made.incrementAndGet(), id, episode.principal(), correction));
    return stores.episodes().episode(episode.space(), episode.id()).orElseThrow();
  }

  /** What is distilled of an episode: its last correction. */
  static Draft draft(Episode episode) {
    Interaction only = episode.interactions().getFirst();
    String question = only.question().orElseThrow().text();
    String correction = only.outcomes().getLast().words().getFirst();
    return new Draft(
        new Lesson("A title", question, correction, Kind.FACT, "general"),
        List.of(
            new Evidence(only.id(), Role.USER, question, episode.principal()),
            new Evidence(only.id(), Role.OUTCOME, correction, episode.principal())));
  }

  Admission learn(Episode episode) {
    return backend.store(episode, List.of(draft(episode)), List.of()).getFirst();
  }

  List<Experience> shown(String space) {
    return stores.pool().inStates(space, SHOWN);
  }

  /** The items that are shown, by id. */
  Map<String, Seen> snapshot(String space) {
    Map<String, Seen> items = new TreeMap<>();
    for (Experience item : shown(space)) {
      List<Evidence> evidence = new ArrayList<>(stores.pool().evidence(space, item.id()));
      evidence.sort(Comparator.comparing(Evidence::toString));
      items.put(item.id(), new Seen(item.lesson(), item.state(), item.owner(), evidence));
    }
    return items;
  }

  void withdraw(Experience item) {
    assertThat(
            backend.edit(
                item.space(), item.owner(), new Edit.Withdraw(item.id(), item.version()), "test"))
        .isInstanceOf(Edit.Result.Done.class);
  }

  void rewrite(Experience item, String content) {
    Lesson old = item.lesson();
    Lesson lesson = new Lesson(old.title(), old.when(), content, old.kind(), old.type());
    assertThat(
            backend.edit(
                item.space(),
                item.owner(),
                new Edit.Revise(item.id(), item.version(), lesson),
                "test"))
        .isInstanceOf(Edit.Result.Done.class);
  }

  Optional<Commit> rollback(String space, long sequence) {
    return backend.restore(space, sequence, "test", "test");
  }

  /** Forgets an interaction for good; tells what became of items. */
  List<Forgetting.Affected> forget(String space, String interaction) {
    return carriedOut(erasure, space, interaction).plan().items();
  }

  private static Erasure.Planned carriedOut(Erasure by, String space, String interaction) {
    Erasure.Planned planned =
        by.plan(space, new Selection(Selection.By.INTERACTION, interaction, null), "test");
    assertThat(by.execute(planned, planned.plan().token()))
        .isInstanceOf(Forgetting.Result.Done.class);
    return planned;
  }

  /** Forgets an interaction for a day; returns the id to undo it by. */
  String setAside(String space, String interaction) {
    return carriedOut(aside, space, interaction).id();
  }

  /** Brings back what was set aside. */
  Forgetting.Result undo(String space, String id) {
    return aside.undo(space, id, "test");
  }

  /** An episode that is to be learned from again. */
  Optional<Episode> due() {
    return stores.episodes().due(clock.instant());
  }

  void refine(String space) {
    backend.refine(space, false, "test", "test");
  }

  /** Closes it, once the index says what the pool says, and the stores what they must. */
  @Override
  public void close() {
    stores.spaces().list().forEach(space -> whole.projection.catchUp(space.name()));
    whole.close();
    assertThat(
            new IndexContents(
                    folder.resolve("index"),
                    stores.pool(),
                    stores.spaces(),
                    new Analysis(),
                    space -> {})
                .examine(false, (done, of) -> {})
                .examples())
        .isEmpty();
    assertThat(
            new NearDuplicates(stores.pool(), stores.spaces(), any -> whole.likeness)
                .examine(false, (done, of) -> {})
                .examples())
        .isEmpty();
    stores.close();
  }
}
