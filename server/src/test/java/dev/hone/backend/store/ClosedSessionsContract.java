package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Exposure;
import dev.hone.experience.Outcome;
import dev.hone.experience.Scope;
import dev.hone.experience.State;
import dev.hone.port.ClosedSessions;
import dev.hone.port.ClosedSessions.Closed;
import dev.hone.port.ClosedSessions.Found;
import dev.hone.port.Journal;
import dev.hone.port.Pool;
import dev.hone.testing.Samples;
import dev.hone.testing.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How all {@link ClosedSessions} close sessions, and what they tell of them. */
abstract class ClosedSessionsContract {

  private int outcomes;

  abstract Stores stores();

  abstract ClosedSessions closedSessions();

  private static Instant after(int minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  private void said(String interaction, String metric, double value) {
    String id = "o%03d".formatted(outcomes++);
    stores()
        .journal()
        .outcome(
            SPACE,
            new Outcome(
                id, interaction, metric, value, null, null, "judge", after(100 + outcomes)));
  }

  private void item(String id, String type) {
    stores()
        .pool()
        .apply(
            new Pool.ChangeSet(
                SPACE,
                Commit.Kind.DISTILL,
                "test",
                "test",
                List.of(
                    new Change.Add(
                        id,
                        fact("when " + id, "what").ofType(type),
                        State.ACTIVE,
                        ANN,
                        List.of(Samples.judged("i", ANN, "x")),
                        List.of())),
                null));
  }

  private void opened(Journal.Opening opening, List<Exposure> exposures) {
    stores().journal().opened(Samples.finding(opening, exposures));
  }

  private static Exposure drawn(String interaction, String item, int rank, Exposure.Arm arm) {
    return new Exposure(interaction, item, 1, rank, 5, arm, 0.72, 0.2);
  }

  /** An interaction of a session that found something, opened and interrupted. */
  private void found(String id, String session, int at, Exposure... exposures) {
    Scope scope = new Scope(SPACE, ANN, null, session, null);
    Journal.Opening opening =
        opening(id, scope, "of-" + session, null, null, after(at), user("?" + id));
    opened(opening, List.of(exposures));
    stores()
        .journal()
        .completed(SPACE, id, Samples.answered(Samples.assistant("!" + id), after(at)));
  }

  private void close(int at) {
    while (closedSessions().close(after(at), after(at + 1), 2)) {}
  }

  private List<Closed> closed() {
    return closedSessions().closed(SPACE, "correct", 0, 1_000);
  }

  @Test
  void aSessionIsClosedWithWhatItFoundAndWhatCameOfIt() {
    item("a", "law");
    item("b", "art");
    found(
        "i1",
        "s",
        1,
        drawn("i1", "b", 2, Exposure.Arm.DROPPED),
        drawn("i1", "a", 1, Exposure.Arm.AUGMENTED));
    found("i2", "s", 2, drawn("i2", "a", 1, Exposure.Arm.AUGMENTED));
    said("i1", "correct", 1.0);
    said("i2", "correct", 0.5);
    said("i2", "speed", 0.1);

    close(10);

    assertThat(closed())
        .singleElement()
        .satisfies(
            session -> {
              assertThat(session.shown()).isTrue();
              assertThat(session.holdout()).isEqualTo(0.2);
              assertThat(session.type()).isEqualTo("law");
              assertThat(session.value()).isEqualTo(0.75);
              assertThat(session.closed()).isEqualTo(after(11));
              assertThat(session.items())
                  .extracting(Found::experience, Found::shown)
                  .containsExactlyInAnyOrder(tuple("a", true), tuple("b", false));
              assertThat(session.items())
                  .allSatisfy(item -> assertThat(item.probability()).isCloseTo(0.9, within(1e-9)));
            });
    assertThat(closedSessions().closed(SPACE, "speed", 0, 10).getFirst().value()).isEqualTo(0.1);
    assertThat(closedSessions().closed(SPACE, "other", 0, 10).getFirst().value()).isNull();
    assertThat(closedSessions().metrics(SPACE)).isEqualTo(Map.of("correct", 1, "speed", 1));
    assertThat(closedSessions().closed("other", "correct", 0, 10)).isEmpty();
  }

  @Test
  void aSessionThatIsHeldOutTellsOfNoItem() {
    found("i1", "s", 1, drawn("i1", "a", 1, Exposure.Arm.HOLDOUT));
    said("i1", "correct", 0.0);

    close(10);

    assertThat(closed()).hasSize(1);
    assertThat(closed().getFirst().shown()).isFalse();
    assertThat(closed().getFirst().items()).isEmpty();
    assertThat(closed().getFirst().value()).isZero();
  }

  @Test
  void whatCameBeforeAnythingWasFoundDoesNotCount() {
    found("i1", "s", 1);
    found("i2", "s", 2, drawn("i2", "a", 1, Exposure.Arm.AUGMENTED));
    said("i1", "correct", 0.0);
    said("i2", "correct", 1.0);
    found("i3", "nothing found", 3);
    said("i3", "correct", 1.0);

    close(10);

    assertThat(closed()).extracting(Closed::value).containsExactly(1.0);
  }

  @Test
  void aSessionIsClosedOnceAndStaysAsItWas() {
    found("i1", "s", 1, drawn("i1", "a", 1, Exposure.Arm.AUGMENTED));
    found("i2", "later", 20, drawn("i2", "a", 1, Exposure.Arm.AUGMENTED));
    close(10);
    said("i1", "correct", 1.0);
    found("i3", "s", 21, drawn("i3", "b", 1, Exposure.Arm.DROPPED));

    close(30);
    close(40);

    assertThat(closed()).hasSize(2);
    assertThat(closed().getFirst().value()).isNull();
    assertThat(closed().getFirst().items()).hasSize(1);
    assertThat(closedSessions().closed(SPACE, "correct", closed().getFirst().sequence(), 10))
        .hasSize(1);
  }

  @Test
  void aSessionThatGoesOnIsNotClosed() {
    found("i1", "s", 1, drawn("i1", "a", 1, Exposure.Arm.AUGMENTED));
    found("i2", "s", 12, drawn("i2", "a", 1, Exposure.Arm.AUGMENTED));

    close(10);
    assertThat(closed()).isEmpty();

    close(12);
    assertThat(closed()).hasSize(1);
  }
}
