package dev.hone;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.answered;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.e2e.Await;
import dev.hone.experience.Admission;
import dev.hone.experience.Decision;
import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Refinement;
import dev.hone.frontend.episode.EpisodeBuffer;
import dev.hone.frontend.episode.OpenEpisodes;
import dev.hone.network.Network;
import dev.hone.port.Distiller;
import dev.hone.port.Distiller.Distillation;
import dev.hone.port.Episodes.Summary;
import dev.hone.port.Jobs;
import dev.hone.port.Retention;
import dev.hone.port.Spaces;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.testing.AnyType;
import dev.hone.testing.CountingIds;
import dev.hone.testing.FakeBackend;
import dev.hone.testing.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learning goes on whatever breaks, and loses nothing. */
class LearningLoopTest {

  private static final int ATTEMPTS = 3;

  /** A backend whose refinement is due until it succeeds, and breaks as often as told. */
  private static final class Refinable extends FakeBackend {
    private final AtomicInteger passes = new AtomicInteger();
    private volatile int breaks;
    private volatile boolean due;

    @Override
    public List<Admission> store(Episode episode, List<Draft> drafts, List<Decision> turnedDown) {
      return List.of();
    }

    @Override
    public boolean refinementDue(String space) {
      return due && space.equals(SPACE);
    }

    @Override
    public Refinement refine(String space, boolean dryRun, String author, String reason) {
      if (passes.incrementAndGet() <= breaks) {
        throw new IllegalStateException("no room");
      }
      due = false;
      return new Refinement(
          space, dryRun, Refinement.Measure.NORMALISED, 0.7, 2, 1, 1, List.of(), null);
    }

    @Override
    public void settle(String space) {}
  }

  @TempDir private Path folder;
  private final InstantSource clock = InstantSource.system();
  private final Refinable backend = new Refinable();
  private final CountingIds ids = new CountingIds();
  private Stores stores;

  @BeforeEach
  void open() {
    stores = Stores.in(folder, clock);
    stores.spaces().create(new Spaces.Space(SPACE, Spaces.LearningMode.DISTILL));
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private LearningLoop loop(Distiller distiller) {
    Analysis analysis = new Analysis();
    Background background = new Background(analysis);
    Meters meters = new Meters(new SimpleMeterRegistry());
    Network network = new Network(backend);
    Refining refining = new Refining(stores.jobs(), stores.spaces(), network, meters, ids, clock);
    LearningLoop loop =
        new LearningLoop(
            new Learning(distiller, new AnyType(), network, stores.episodes(), meters, clock),
            new EpisodeBuffer(
                stores.episodes(),
                clock,
                new EpisodeBuffer.Quiet(Duration.ofHours(1), Duration.ofHours(1)),
                new OpenEpisodes(
                    ids,
                    new OpenEpisodes.Policy(8, 1_000, 100, 0.5, 0.2, 0.1, Duration.ofSeconds(1)),
                    analysis,
                    background,
                    new Bm25(1.2, 0.3))),
            stores.episodes(),
            new DueWork(
                stores.jobs(),
                Map.of(Jobs.Kind.REFINE, refining),
                clock,
                Duration.ofMillis(1),
                ATTEMPTS),
            refining,
            network,
            new Foreground(),
            stores.database(),
            clock,
            new LearningLoop.Policy(
                Duration.ofMillis(1), Duration.ofHours(1), 0.125, Duration.ofMillis(1), ATTEMPTS),
            new Pruning(stores.retention(), new Retention.Limits(Duration.ZERO, 0), meters, clock));
    loop.start();
    return loop;
  }

  private void record(String id) {
    stores
        .journal()
        .recorded(
            opening(id, scope(SPACE, ANN), "of-" + id, null, null, clock.instant(), user(id)),
            answered(assistant("So " + id)),
            List.of());
  }

  @Test
  void anEpisodeThatBreaksTheDistillerAgainAndAgainIsSetAsideAndOthersGoOn() {
    record("poison");
    record("bread");
    Distiller distiller =
        episode -> {
          if (episode.interactions().getFirst().id().equals("poison")) {
            throw new IllegalStateException("it hurts");
          }
          return new Distillation.Nothing("nobody judged it");
        };
    try (LearningLoop loop = loop(distiller)) {
      assertThat(loop.settle(SPACE, Duration.ofSeconds(60))).isTrue();
    }

    assertThat(stores.episodes().failed(SPACE, null, 9))
        .extracting(Summary::note)
        .containsExactly("java.lang.IllegalStateException: it hurts");
    assertThat(stores.episodes().failed(SPACE, null, 9).getFirst().attempts()).isEqualTo(ATTEMPTS);
  }

  @Test
  void whatOverflowsTheStackIsSetAsideToo() {
    record("deep");
    try (LearningLoop loop =
        loop(
            episode -> {
              throw new StackOverflowError("too deep");
            })) {
      assertThat(loop.settle(SPACE, Duration.ofSeconds(60))).isTrue();
    }

    assertThat(stores.episodes().failed(SPACE, null, 9)).hasSize(1);
  }

  @Test
  void aRefinementThatIsDueIsAJobThatIsTriedAgainAndDoneOnce() throws Exception {
    backend.breaks = ATTEMPTS - 1;
    backend.due = true;
    try (LearningLoop loop = loop(episode -> new Distillation.Nothing(""))) {
      loop.wake();
      Await.until("the space is refined", () -> !backend.due);
    }

    assertThat(backend.passes).hasValue(ATTEMPTS);
    assertThat(stores.jobs().failed(SPACE, null, 9)).isEmpty();
  }

  @Test
  void aRefinementThatAlwaysBreaksWaitsForAPerson() throws Exception {
    backend.breaks = Integer.MAX_VALUE;
    backend.due = true;
    try (LearningLoop loop = loop(episode -> new Distillation.Nothing(""))) {
      loop.wake();
      Await.until("it is set aside", () -> !stores.jobs().failed(SPACE, null, 9).isEmpty());
    }
    assertThat(backend.passes).hasValue(ATTEMPTS);

    backend.breaks = 0;
    try (LearningLoop loop = loop(episode -> new Distillation.Nothing(""))) {
      String id = stores.jobs().failed(SPACE, null, 9).getFirst().id();
      assertThat(stores.jobs().retry(SPACE, id, clock.instant())).isTrue();
      loop.wake();
      Await.until("the space is refined", () -> !backend.due);
    }
  }

  @Test
  void aJobThatWasEnqueuedBeforeARestartIsDoneAfterIt() throws Exception {
    stores.jobs().enqueue(Jobs.Job.of("j1", SPACE, Jobs.Kind.REFINE, "", clock.instant()));
    backend.due = true;
    stores.close();
    stores = Stores.in(folder, clock);
    try (LearningLoop loop = loop(episode -> new Distillation.Nothing(""))) {
      loop.wake();
      Await.until("the space is refined", () -> !backend.due);
    }

    assertThat(backend.passes).hasValue(1);
  }
}
