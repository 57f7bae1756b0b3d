package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Exposure;
import dev.hone.experience.Outcome;
import dev.hone.experience.Scope;
import dev.hone.experience.State;
import dev.hone.port.Journal;
import dev.hone.port.Pool;
import dev.hone.port.Sessions;
import dev.hone.port.Sessions.Judged;
import dev.hone.testing.Samples;
import dev.hone.testing.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Sessions} makes of outcomes. */
abstract class SessionsContract {

  private static final List<String> METRICS = List.of("correct", "reward");

  private int outcomes;

  abstract Stores stores();

  abstract Sessions sessions();

  private List<Judged> judged() {
    return sessions().judged(SPACE, METRICS, Instant.EPOCH, null, 1_000);
  }

  private static Instant after(int minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  private void asked(
      String id, String principal, @Nullable String session, int at, String... shown) {
    Scope scope = new Scope(SPACE, principal, null, session, null);
    Journal.Opening opening = opening(id, scope, "of-" + id, null, null, after(at), user("?" + id));
    List<Exposure> exposures =
        List.of(shown).stream().map(item -> Exposure.sure(id, item, 1, 1, 5)).toList();
    opened(opening, exposures);
  }

  private void opened(Journal.Opening opening, List<Exposure> exposures) {
    stores().journal().opened(Samples.finding(opening, exposures));
  }

  private void said(String interaction, String metric, @Nullable Double value) {
    said(interaction, metric, value, null, "judge");
  }

  private void said(
      String interaction,
      String metric,
      @Nullable Double value,
      @Nullable String correction,
      String judge) {
    String id = "o%03d".formatted(outcomes++);
    stores()
        .journal()
        .outcome(
            SPACE,
            new Outcome(
                id, interaction, metric, value, correction, null, judge, after(100 + outcomes)));
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

  @Test
  void aSessionIsWorthTheMeanOfItsInteractions() {
    asked("i1", ANN, "s", 1);
    asked("i2", ANN, "s", 2);
    asked("i3", ANN, "other", 3);
    asked("i4", ANN, "silent", 4);
    said("i1", "correct", 1.0);
    said("i2", "correct", 0.0);
    said("i2", "reward", 1.0);
    said("i3", "reward", 0.25);

    assertThat(judged())
        .containsExactly(
            new Judged(after(1), 0.75, false, null), new Judged(after(3), 0.25, false, null));
  }

  @Test
  void sessionsOfOneNameBelongToTheirPrincipals() {
    asked("i1", ANN, "s", 1);
    asked("i2", "bob", "s", 2);
    said("i1", "correct", 1.0);
    said("i2", "correct", 0.0);

    assertThat(judged()).extracting(Judged::value).containsExactly(1.0, 0.0);
  }

  @Test
  void withoutASessionEachConversationIsOne() {
    asked("i1", ANN, null, 1);
    asked("i2", ANN, null, 2);
    said("i1", "correct", 1.0);
    said("i2", "correct", 0.0);

    assertThat(judged()).hasSize(2);
  }

  @Test
  void theLastWordOfAPrincipalByAMetricCountsAndACorrectionIsZero() {
    asked("i1", ANN, null, 1);
    asked("i2", ANN, null, 2);
    said("i1", "correct", 0.0);
    said("i1", "correct", 1.0);
    said("i1", "correct", 0.5, null, "another judge");
    said("i2", "correct", null, "Six.", "judge");

    assertThat(judged()).hasSize(2);
    assertThat(judged().getFirst().value()).isCloseTo(0.75, within(1e-9));
    assertThat(judged().getLast().value()).isZero();
  }

  @Test
  void otherMetricsAndMereCommentsSayNothingOfIt() {
    asked("i1", ANN, null, 1);
    said("i1", "length", 1.0);
    said("i1", "correct", null);

    assertThat(judged()).isEmpty();
  }

  @Test
  void whatWasShownFirstGivesItsType() {
    item("a", "law");
    item("b", "art");
    asked("i1", ANN, "s", 1, "a");
    asked("i2", ANN, "s", 2, "b");
    asked("i3", ANN, "t", 3);
    asked("i4", ANN, "t", 4, "b");
    said("i1", "correct", 1.0);
    said("i2", "correct", 1.0);
    said("i3", "correct", 1.0);
    said("i4", "correct", 1.0);

    assertThat(judged())
        .containsExactly(
            new Judged(after(1), 1, true, "law"), new Judged(after(3), 1, true, "art"));
  }

  @Test
  void onlyInteractionsOfTheTimeAndTheNewestOfThemAreLookedAt() {
    for (int i = 0; i < 6; i++) {
      asked("i" + i, ANN, null, i);
      said("i" + i, "correct", 1.0);
    }

    assertThat(sessions().judged(SPACE, METRICS, after(2), after(4), 100))
        .extracting(Judged::began)
        .containsExactly(after(2), after(3));
    assertThat(sessions().judged(SPACE, METRICS, after(0), null, 2))
        .extracting(Judged::began)
        .containsExactly(after(4), after(5));
  }

  @Test
  void thatAnOutcomeCameIsKnownWithoutLookingAtTheOthers() {
    assertThat(sessions().known(SPACE)).isEqualTo(new Sessions.Known(0, Instant.EPOCH));
    asked("i1", ANN, null, 1);
    said("i1", "correct", 1.0);

    assertThat(sessions().known(SPACE)).isEqualTo(new Sessions.Known(1, after(101)));
    assertThat(sessions().known("other")).isEqualTo(new Sessions.Known(0, Instant.EPOCH));
  }

  @Test
  void otherSpacesAreNotSeen() {
    asked("i1", ANN, null, 1);
    said("i1", "correct", 1.0);

    assertThat(sessions().judged("other", METRICS, Instant.EPOCH, null, 100)).isEmpty();
  }
}
