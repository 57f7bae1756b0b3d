package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.answered;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.block;
import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.draft;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.judged;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Anchor;
import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Digest;
import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Interaction;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Message;
import dev.hone.experience.Outcome;
import dev.hone.experience.Receipt;
import dev.hone.experience.Scope;
import dev.hone.experience.State;
import dev.hone.port.Episodes;
import dev.hone.port.Journal;
import dev.hone.port.Pool;
import dev.hone.port.Retention;
import dev.hone.port.Retention.Limits;
import dev.hone.port.Retention.Step;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes and what stays when the journal's words are let go. */
abstract class RetentionContract {

  private static final Scope MINE = scope(SPACE, ANN);
  private static final Duration KEEP = Duration.ofDays(90);
  private static final Limits BY_AGE = new Limits(KEEP, 0);
  private static final Limits NONE = new Limits(Duration.ZERO, 0);

  private final SettableClock clock = new SettableClock();

  abstract Stores stores();

  private Retention retention() {
    return stores().retention();
  }

  private Journal journal() {
    return stores().journal();
  }

  private Interaction one(String id) {
    return journal().interaction(SPACE, id).orElseThrow();
  }

  private Receipt receipt(String id) {
    return journal().receipt(SPACE, ANN, id).orElseThrow();
  }

  /** Lets go of all that is to go; says how many interactions went. */
  private Step all(Limits limits) {
    Step sum = new Step(0, 0, 0);
    Step step = retention().step(limits, clock.instant());
    while (!step.idle()) {
      sum =
          new Step(
              sum.learned() + step.learned(),
              sum.unlearned() + step.unlearned(),
              sum.givenBack() + step.givenBack());
      step = retention().step(limits, clock.instant());
    }
    return sum;
  }

  private void record(
      String id,
      String conversation,
      @Nullable String parent,
      @Nullable Anchor anchor,
      List<Message> messages,
      String answer,
      Outcome... outcomes) {
    Instant at = clock.instant();
    journal()
        .recorded(
            opening(id, MINE, conversation, parent, anchor, at, messages.toArray(Message[]::new)),
            answered(assistant(answer)),
            List.of(outcomes));
  }

  private void record(String id, String question, String answer, Outcome... outcomes) {
    record(id, "of-" + id, null, null, List.of(user(question)), answer, outcomes);
  }

  private Episode inEpisode(String episode, String... ids) {
    for (String id : ids) {
      stores().episodes().put(List.of(new Episodes.Place(episode, one(id))));
    }
    stores().episodes().close(List.of(episode), START);
    return stores().episodes().episode(SPACE, episode).orElseThrow();
  }

  private void nothingLearned(String episode, String... ids) {
    stores().episodes().nothingLearned(inEpisode(episode, ids), "small talk");
  }

  private void learned(Episode episode, String item, Draft draft) {
    stores()
        .pool()
        .apply(
            new Pool.ChangeSet(
                SPACE,
                Commit.Kind.DISTILL,
                "test",
                "learned",
                List.of(
                    new Change.Add(
                        item, draft.lesson(), State.ACTIVE, ANN, draft.evidence(), List.of())),
                episode));
  }

  @Test
  void whatIsYoungIsKept() {
    record("i1", "Why?", "Because.");
    nothingLearned("e1", "i1");
    clock.advance(KEEP);

    assertThat(all(BY_AGE)).isEqualTo(new Step(0, 0, 0));
    assertThat(one("i1").messages()).containsExactly(user("Why?"));
  }

  @Test
  void theWordsOfWhatWasLearnedFromGoWhenTheyAreOld() {
    record("i1", "How many legs?", "Five.", correction("o1", "i1", ANN, "Eight legs."));
    learned(
        inEpisode("e1", "i1"),
        "item",
        draft(fact("how many legs", "Eight legs."), judged("i1", ANN, "Eight legs.")));
    clock.advance(KEEP.plusMillis(1));

    assertThat(all(BY_AGE)).isEqualTo(new Step(1, 0, 0));

    Receipt receipt = receipt("i1");
    assertThat(receipt.interaction().state()).isEqualTo(InteractionState.EXPIRED);
    assertThat(receipt.interaction().messages()).isEmpty();
    assertThat(receipt.interaction().answer()).isNull();
    assertThat(receipt.interaction().openedAt()).isEqualTo(START);
    assertThat(receipt.learning())
        .isEqualTo(new Receipt.Learning.Distilled("e1", 1, List.of("item")));
    assertThat(stores().pool().evidence(SPACE, "item"))
        .as("the quote outlives the words")
        .containsExactly(judged("i1", ANN, "Eight legs."));
  }

  @Test
  void anOutcomeKeepsItsMeasureAndLosesItsWords() {
    Outcome comment = new Outcome("o1", "i1", "rating", 0.75, null, "Nice words.", ANN, START);
    Outcome correction = new Outcome("o2", "i1", "correct", null, "Six.", null, ANN, START);
    record("i1", "How many?", "Five.", comment, correction);
    nothingLearned("e1", "i1");
    clock.advance(KEEP.multipliedBy(2));
    all(BY_AGE);

    assertThat(one("i1").outcomes())
        .containsExactly(
            new Outcome("o1", "i1", "rating", 0.75, null, null, ANN, START),
            new Outcome("o2", "i1", "correct", 0.0, null, null, ANN, START));
    assertThat(one("i1").outcomes().getLast().negative()).isTrue();
  }

  @Test
  void aMessageStaysAsLongAsSomebodyRefersToIt() {
    record("i1", "Why?", "Because.");
    nothingLearned("e1", "i1");
    clock.advance(KEEP.dividedBy(2));
    record("i2", "Why?", "Why not?");
    record("i3", "Because.", "Why?");
    nothingLearned("e2", "i2", "i3");
    clock.advance(KEEP.dividedBy(2).plusMillis(1));

    assertThat(all(BY_AGE).learned()).isEqualTo(1);

    assertThat(one("i1").messages()).isEmpty();
    assertThat(one("i2").messages()).containsExactly(user("Why?"));
    assertThat(one("i3").messages()).containsExactly(user("Because."));
    assertThat(texts()).contains("Why?", "Because.", "Why not?");
    clock.advance(KEEP);
    all(BY_AGE);
    assertThat(texts()).isEmpty();
  }

  private String texts() {
    return String.join(
        "",
        stores()
            .database()
            .<List<String>>read(
                handle ->
                    handle
                        .createQuery(
                            "SELECT parts FROM message UNION ALL SELECT json FROM parameters UNION"
                                + " ALL SELECT CAST(raw AS TEXT) FROM interaction WHERE raw IS NOT"
                                + " NULL")
                        .mapTo(String.class)
                        .list()));
  }

  @Test
  void anotherSpacesWordsStay() {
    record("i1", "Why?", "Because.");
    nothingLearned("e1", "i1");
    journal()
        .recorded(
            opening("i9", scope("other", ANN), user("Why?")),
            answered(assistant("Because.")),
            List.of());
    clock.advance(KEEP.multipliedBy(2));
    all(BY_AGE);

    assertThat(journal().interaction("other", "i9").orElseThrow().messages())
        .containsExactly(user("Why?"));
    assertThat(journal().interaction("other", "i9").orElseThrow().answer())
        .isEqualTo(assistant("Because."));
  }

  @Test
  void whatIsNotLearnedFromYetIsKeptHoweverOldItIs() {
    record("i1", "Unbuffered?", "Yes.");
    record("i2", "In an open episode?", "Yes.");
    stores().episodes().put(List.of(new Episodes.Place("e2", one("i2"))));
    record("i3", "Waiting?", "Yes.");
    inEpisode("e3", "i3");
    journal().opened(opening("i4", MINE, user("Running?")));
    record("i5", "Failed?", "Yes.");
    stores().episodes().fail(inEpisode("e5", "i5"), "unreadable", "the raw answer");
    clock.advance(KEEP.multipliedBy(10));

    assertThat(all(BY_AGE)).isEqualTo(new Step(1, 0, 0));

    for (String id : List.of("i1", "i2", "i3", "i4")) {
      assertThat(one(id).messages()).as(id).hasSize(1);
    }
    assertThat(receipt("i5").learning())
        .isEqualTo(new Receipt.Learning.Failed("e5", 1, "unreadable"));
    assertThat(stores().episodes().list(SPACE, ANN, EpisodeState.FAILED, null, 9).getFirst().raw())
        .isNull();
  }

  @Test
  void whatIsNeverLearnedFromGoesByAgeToo() {
    journal().opened(opening("i1", MINE, user("Interrupted?")));
    journal().interruptUnfinished();
    clock.advance(KEEP.multipliedBy(2));

    assertThat(all(BY_AGE).learned()).isEqualTo(1);
    assertThat(receipt("i1").learning()).isInstanceOf(Receipt.Learning.Excluded.class);
    assertThat(receipt("i1").interaction().state()).isEqualTo(InteractionState.EXPIRED);
  }

  @Test
  void aLateWordOnWhatHasExpiredIsKeptAndMakesNoRevision() {
    record("i1", "How many legs?", "Five.");
    nothingLearned("e1", "i1");
    clock.advance(KEEP.multipliedBy(2));
    all(BY_AGE);

    journal().outcome(SPACE, correction("o1", "i1", ANN, "Eight."));

    assertThat(one("i1").outcomes()).hasSize(1);
    assertThat(stores().episodes().due(clock.instant())).isEmpty();
    assertThat(stores().episodes().episode(SPACE, "e1").orElseThrow().revision()).isEqualTo(1);
  }

  @Test
  void aConversationIsRecognisedUntilItsLastWordsGo() {
    Anchor anchor = new Anchor(Digest.of("chain", "i1"), block("<experience>", "A sentence."));
    record("i1", "talk", null, anchor, List.of(user("One?")), "One.");
    nothingLearned("e1", "i1");
    clock.advance(KEEP.dividedBy(2));
    record("i2", "talk", "i1", null, List.of(user("Two?")), "Two.");
    nothingLearned("e2", "i2");
    clock.advance(KEEP.dividedBy(2).plusMillis(1));
    all(BY_AGE);

    assertThat(one("i1").state()).isEqualTo(InteractionState.EXPIRED);
    assertThat(journal().anchors(SPACE, "talk")).hasSize(1);
    assertThat(journal().endedWith(SPACE, ANN, Digest.of("after", "One."))).isPresent();
    assertThat(journal().blocks(SPACE, "i2")).containsExactly("<experience>");

    clock.advance(KEEP);
    all(BY_AGE);

    assertThat(journal().anchors(SPACE, "talk")).isEmpty();
    assertThat(journal().endedWith(SPACE, ANN, Digest.of("after", "One."))).isEmpty();
    assertThat(journal().endedWith(SPACE, ANN, Digest.of("after", "Two."))).isEmpty();
  }

  @Test
  void anEchoIsStillToldAfterTheWordsWent() {
    Anchor anchor = new Anchor(Digest.of("chain", "i1"), block("<experience>", "a sentence"));
    record("i1", "talk", null, anchor, List.of(user("One?")), "One.");
    nothingLearned("e1", "i1");
    clock.advance(KEEP.multipliedBy(2));
    all(BY_AGE);

    assertThat(journal().emitted(SPACE, ANN, "i2", List.of("a sentence", "another")))
        .containsExactly("a sentence");
  }

  private String noise(int seed) {
    StringBuilder text = new StringBuilder();
    new Random(seed).ints(20_000, 33, 127).forEach(text::appendCodePoint);
    return text.toString();
  }

  private void fill(int count) {
    for (int i = 0; i < count; i++) {
      record("i%03d".formatted(i), noise(i), "Yes, " + i);
      clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void overItsSizeTheOldestWordsGoFirstUntilTheRestFits() {
    fill(60);
    for (int i = 0; i < 60; i++) {
      nothingLearned("e%03d".formatted(i), "i%03d".formatted(i));
    }
    long limit = retention().size() * 2 / 3;

    Step done = all(new Limits(Duration.ZERO, limit));

    assertThat(retention().size()).isLessThanOrEqualTo(limit);
    assertThat(done.learned()).isBetween(10, 40);
    assertThat(done.unlearned()).isZero();
    for (int i = 0; i < 60; i++) {
      assertThat(one("i%03d".formatted(i)).state())
          .as("interaction %d", i)
          .isEqualTo(i < done.learned() ? InteractionState.EXPIRED : InteractionState.COMPLETED);
    }
  }

  @Test
  void overItsSizeWhatIsNotLearnedFromStays() {
    fill(40);
    long limit = retention().size() * 2 / 3;

    assertThat(all(new Limits(Duration.ZERO, limit))).isEqualTo(new Step(0, 0, 0));
    assertThat(one("i000").messages()).hasSize(1);
  }

  @Test
  void farOverItsSizeAlsoWhatIsNotLearnedFromGoesTheOldestFirst() {
    fill(60);
    inEpisode("e0", "i000", "i001");
    long limit = retention().size() / 3;

    Step done = all(new Limits(Duration.ZERO, limit));

    assertThat(done.unlearned()).isBetween(5, 50);
    assertThat(retention().size()).isLessThanOrEqualTo(limit * Limits.HARD);
    assertThat(one("i000").state()).isEqualTo(InteractionState.EXPIRED);
    assertThat(one("i059").state()).isEqualTo(InteractionState.COMPLETED);
    assertThat(receipt("i000").learning())
        .isInstanceOfSatisfying(
            Receipt.Learning.Nothing.class,
            nothing -> assertThat(nothing.why()).contains("let go before it was learned from"));
    assertThat(stores().episodes().due(clock.instant())).isEmpty();
    assertThat(stores().episodes().unbuffered(99))
        .extracting(Interaction::id)
        .doesNotContain("i002")
        .contains("i059");
  }

  @Test
  void withoutLimitsEverythingIsKept() {
    fill(3);
    nothingLearned("e0", "i000");
    clock.advance(Duration.ofDays(10_000));

    assertThat(all(NONE)).isEqualTo(new Step(0, 0, 0));
    assertThat(one("i000").messages()).hasSize(1);
  }

  @Test
  void oneStepIsSmall() {
    fill(50);
    for (int i = 0; i < 50; i++) {
      nothingLearned("e%03d".formatted(i), "i%03d".formatted(i));
    }
    clock.advance(KEEP.multipliedBy(2));

    assertThat(retention().step(BY_AGE, clock.instant()).learned()).isBetween(1, 32);
  }
}
