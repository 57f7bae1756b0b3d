package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Exposure;
import dev.hone.experience.Outcome;
import dev.hone.port.Confidences;
import dev.hone.port.Confidences.Arm;
import dev.hone.port.Confidences.Said;
import dev.hone.port.Journal;
import dev.hone.testing.Samples;
import dev.hone.testing.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How all {@link Confidences} keep how sure models were, and what came of it. */
abstract class ConfidencesContract {

  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");

  private int outcomes;

  abstract Stores stores();

  abstract Confidences confidences();

  private static Instant after(int hours) {
    return START.plus(Duration.ofHours(hours));
  }

  /** An answer in a conversation. */
  private void answered(
      String id, String conversation, int at, String answer, Exposure... exposures) {
    Journal.Opening plain =
        opening(id, scope(SPACE, ANN), conversation, null, null, after(at), user("?" + id));
    stores().journal().opened(Samples.finding(plain, List.of(exposures)));
    stores().journal().completed(SPACE, id, Samples.answered(assistant(answer), after(at)));
  }

  private void said(String interaction, String metric, String who, double value) {
    String id = "o%03d".formatted(outcomes++);
    stores()
        .journal()
        .outcome(
            SPACE,
            new Outcome(id, interaction, metric, value, null, null, who, after(100 + outcomes)));
  }

  private void close(int at) {
    while (new SqlClosedSessions(stores().database()).close(after(at), after(at), 2)) {}
  }

  private List<Said> correct() {
    return confidences().said(SPACE, "correct", FIRST);
  }

  private static Exposure drawn(String interaction, Exposure.Arm arm) {
    return new Exposure(interaction, "item", 1, 1, 5, arm, 0.72, 0.2);
  }

  @Test
  void anAnswerCountsOnceItsConversationIsOver() {
    answered("i1", "c", 1, "Sixty.\nConfidence: 0.8");
    said("i1", "correct", "bob", 1);
    close(0);
    assertThat(correct()).isEmpty();

    close(1);

    assertThat(correct()).containsExactly(new Said(FIRST, Arm.NOTHING, 0.8, 1));
  }

  @Test
  void itIsToldWhatStoodInThePrompt() {
    answered("i1", "a", 1, "Confidence: 0.1", drawn("i1", Exposure.Arm.AUGMENTED));
    answered("i2", "b", 2, "Confidence: 0.2", drawn("i2", Exposure.Arm.HOLDOUT));
    answered("i3", "c", 3, "Confidence: 0.3", drawn("i3", Exposure.Arm.DROPPED));
    List.of("i1", "i2", "i3").forEach(id -> said(id, "correct", "bob", 1));

    close(10);

    assertThat(correct())
        .containsExactlyInAnyOrder(
            new Said(FIRST, Arm.SHOWN, 0.1, 1),
            new Said(FIRST, Arm.HOLDOUT, 0.2, 1),
            new Said(FIRST, Arm.NOTHING, 0.3, 1));
  }

  @Test
  void whoSaysNoConfidenceOrIsNotJudgedIsNotAmongThem() {
    answered("i1", "a", 1, "Sixty.");
    said("i1", "correct", "bob", 1);
    answered("i2", "b", 1, "Confidence: 0.5");

    close(10);

    assertThat(correct()).isEmpty();
    assertThat(confidences().metrics(SPACE)).isEmpty();
  }

  @Test
  void itIsJudgedByEachMetricByTheLastWordOfEach() {
    answered("i1", "a", 1, "Confidence: 0.5");
    said("i1", "correct", "bob", 0);
    said("i1", "correct", "bob", 1);
    said("i1", "correct", "eve", 0);
    said("i1", "speed", "bob", 0.25);

    close(10);

    assertThat(correct()).containsExactly(new Said(FIRST, Arm.NOTHING, 0.5, 0.5));
    assertThat(confidences().said(SPACE, "speed", FIRST))
        .containsExactly(new Said(FIRST, Arm.NOTHING, 0.5, 0.25));
    assertThat(confidences().metrics(SPACE)).isEqualTo(Map.of("correct", 1, "speed", 1));
    assertThat(confidences().said("other", "correct", FIRST)).isEmpty();
  }

  @Test
  void anAnswerIsJudgedOnceAlsoWhenItsConversationGoesOn() {
    answered("i1", "a", 1, "Confidence: 0.5");
    said("i1", "correct", "bob", 0);
    close(1);
    said("i1", "correct", "bob", 1);
    answered("i2", "a", 30, "Confidence: 0.9");
    said("i2", "correct", "bob", 1);

    close(40);

    assertThat(correct())
        .containsExactly(
            new Said(FIRST, Arm.NOTHING, 0.5, 0), new Said(FIRST.plusDays(1), Arm.NOTHING, 0.9, 1));
    assertThat(confidences().said(SPACE, "correct", FIRST.plusDays(1))).hasSize(1);
  }
}
