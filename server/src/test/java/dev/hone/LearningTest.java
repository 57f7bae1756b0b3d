package dev.hone;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.asked;
import static dev.hone.testing.Samples.draft;
import static dev.hone.testing.Samples.episode;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hone.experience.Admission;
import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Routing;
import dev.hone.network.Network;
import dev.hone.port.Classifier;
import dev.hone.port.Distiller.Distillation;
import dev.hone.testing.FakeBackend;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** An episode's way to experience. */
class LearningTest {

  private static final Episode EPISODE = episode(interaction("i", "How many legs?", "Six."));
  private static final Draft TYPELESS =
      draft(fact("legs", "Six.").ofType(""), asked("i", ANN, "legs"));

  /** A classifier and a backend that remember in which order they were called. */
  private static final class Recorded extends FakeBackend implements Classifier {

    private final List<String> calls = new ArrayList<>();

    @Override
    public void catchUp(String space) {
      calls.add("catch up");
    }

    @Override
    public String type(String space, String text) {
      calls.add("classify");
      return "biology";
    }

    @Override
    public List<Admission> store(Episode episode, List<Draft> drafts) {
      drafts.forEach(draft -> calls.add("store " + draft.lesson().type()));
      return List.of();
    }

    @Override
    public Routing route(String space, String query) {
      throw new UnsupportedOperationException();
    }
  }

  @TempDir private Path folder;
  private final Recorded recorded = new Recorded();

  private void learn(Distillation distillation) {
    SettableClock clock = new SettableClock();
    try (Stores stores = Stores.in(folder, clock)) {
      new Learning(
              episode -> distillation,
              recorded,
              new Network(recorded),
              stores.episodes(),
              new Meters(new SimpleMeterRegistry()),
              clock)
          .learnFrom(EPISODE);
    }
  }

  @Test
  void theClassifierLearnsFromWhatWasStored() {
    learn(new Distillation.Lessons(List.of(TYPELESS), List.of()));

    assertThat(recorded.calls).containsExactly("classify", "store biology", "catch up");
  }

  @Test
  void lessonsTurnedDownAreLoggedWithTheirEpisode() {
    Logger log = (Logger) LoggerFactory.getLogger(Learning.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    log.setLevel(Level.INFO);
    log.addAppender(logged);
    try {
      learn(
          new Distillation.Lessons(
              List.of(TYPELESS), List.of("unsupported quote: \"eight\"", "more than 3 items")));
    } finally {
      log.detachAppender(logged);
      log.setLevel(null);
    }

    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("episode episode: 2 lessons are turned down");
  }
}
