package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.answered;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.experience.Digest;
import dev.hone.experience.Exposure;
import dev.hone.experience.Interaction;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Message;
import dev.hone.experience.Mode;
import dev.hone.experience.Part;
import dev.hone.experience.Receipt;
import dev.hone.experience.Role;
import dev.hone.experience.Scope;
import dev.hone.experience.Usage;
import dev.hone.port.Journal;
import dev.hone.testing.Stores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** How every {@link Journal} writes interactions down. */
abstract class JournalContract {

  private static final Scope MINE = scope(SPACE, ANN);

  abstract Stores stores();

  private Journal journal() {
    return stores().journal();
  }

  private Interaction one(String id) {
    return journal().interaction(SPACE, id).orElseThrow();
  }

  @Test
  void anOpenedRequestIsKeptAsItCame() {
    Scope scope = new Scope(SPACE, ANN, "a user", "a session", "an agent");
    Exposure exposure = new Exposure("i1", "item", 3, 1, 17, Exposure.Arm.AUGMENTED, 0.5, 0.1);
    journal()
        .opened(
            new Journal.Opening(
                "i1",
                scope,
                Mode.CAPTURE,
                "/v1/responses",
                "talk",
                "i0",
                "a-model",
                List.of(Message.text(Role.SYSTEM, "Be kind."), user("Why?")),
                Digest.of("x"),
                "{}",
                null,
                List.of(exposure),
                START));

    Receipt receipt = journal().receipt(SPACE, ANN, "i1").orElseThrow();
    Interaction kept = receipt.interaction();

    assertThat(receipt.path()).isEqualTo("/v1/responses");
    assertThat(receipt.usage()).isNull();
    assertThat(kept.state()).isEqualTo(InteractionState.OPENED);
    assertThat(kept.scope()).isEqualTo(scope);
    assertThat(kept.conversation()).isEqualTo("talk");
    assertThat(kept.parent()).isEqualTo("i0");
    assertThat(kept.model()).isEqualTo("a-model");
    assertThat(kept.messages())
        .containsExactly(Message.text(Role.SYSTEM, "Be kind."), user("Why?"));
    assertThat(kept.answer()).isNull();
    assertThat(kept.openedAt()).isEqualTo(START);
    assertThat(receipt.exposures()).containsExactly(exposure);
    assertThat(receipt.learning()).isEqualTo(new Receipt.Learning.Waiting());
  }

  @Test
  void aWholeAnswerCompletesTheInteraction() {
    journal().opened(opening("i1", MINE, user("Why?")));
    journal().completed(SPACE, "i1", answered(assistant("Because.")));

    assertThat(one("i1").state()).isEqualTo(InteractionState.COMPLETED);
    assertThat(one("i1").answer()).isEqualTo(assistant("Because."));
  }

  @Test
  void anAnswerThatBrokeOffInterrupts() {
    complete(
        begun ->
            new Journal.Completion(
                InteractionState.INTERRUPTED, 200, begun, new byte[1], true, null, null, START));

    assertThat(one("i1").state()).isEqualTo(InteractionState.INTERRUPTED);
    assertThat(learning("i1")).isInstanceOf(Receipt.Learning.Excluded.class);
  }

  @Test
  void anErrorOfTheModelFailsTheInteraction() {
    complete(
        none ->
            new Journal.Completion(
                InteractionState.FAILED, 500, null, new byte[1], false, null, null, START));

    assertThat(one("i1").state()).isEqualTo(InteractionState.FAILED);
    assertThat(learning("i1")).isInstanceOf(Receipt.Learning.Excluded.class);
  }

  @Test
  void anAnswerWithoutWordsIsCompleteAndNotLearnedFrom() {
    Usage usage = new Usage(7, 3, 0);
    complete(
        none ->
            new Journal.Completion(
                InteractionState.COMPLETED, 200, null, new byte[1], false, null, usage, START));

    assertThat(one("i1").state()).isEqualTo(InteractionState.COMPLETED);
    assertThat(learning("i1")).isInstanceOf(Receipt.Learning.Excluded.class);
    assertThat(journal().receipt(SPACE, ANN, "i1").orElseThrow().usage()).isEqualTo(usage);
  }

  private void complete(Function<Message, Journal.Completion> completion) {
    journal().opened(opening("i1", MINE, user("Why?")));
    journal().completed(SPACE, "i1", completion.apply(assistant("Beca")));
  }

  @Test
  void whatIsCompletedStaysAsItIs() {
    journal().opened(opening("i1", MINE, user("Why?")));
    journal().completed(SPACE, "i1", answered(assistant("First.")));
    journal().completed(SPACE, "i1", answered(assistant("Second.")));

    assertThat(one("i1").answer()).isEqualTo(assistant("First."));
  }

  @Test
  void anotherSpaceCannotComplete() {
    journal().opened(opening("i1", MINE, user("Why?")));
    journal().completed("other", "i1", answered(assistant("Mine now.")));

    assertThat(one("i1").state()).isEqualTo(InteractionState.OPENED);
    assertThat(journal().interaction("other", "i1")).isEmpty();
    assertThat(journal().receipt("other", ANN, "i1")).isEmpty();
  }

  @Test
  void theUnfinishedBecomesInterruptedAndTheFinishedStays() {
    journal().opened(opening("i1", MINE, user("One?")));
    journal().opened(opening("i2", MINE, user("Two?")));
    journal().opened(opening("i3", MINE, user("Three?")));
    journal().completed(SPACE, "i2", answered(assistant("Two.")));

    assertThat(journal().interruptUnfinished()).isEqualTo(2);
    assertThat(journal().interruptUnfinished()).isZero();
    assertThat(one("i1").state()).isEqualTo(InteractionState.INTERRUPTED);
    assertThat(one("i2").state()).isEqualTo(InteractionState.COMPLETED);
    assertThat(one("i3").state()).isEqualTo(InteractionState.INTERRUPTED);
  }

  @Test
  void aRecordIsWrittenWithAnswerAndOutcomesAtOnce() {
    var outcome = correction("o1", "i1", ANN, "Six.");
    journal()
        .recorded(
            opening("i1", MINE, user("How many?")), answered(assistant("Five.")), List.of(outcome));

    assertThat(one("i1").state()).isEqualTo(InteractionState.COMPLETED);
    assertThat(one("i1").outcomes()).containsExactly(outcome);
  }

  @Test
  void everyPartOfAMessageComesBack() {
    Message message =
        new Message(
            Role.ASSISTANT,
            List.of(
                new Part.Reasoning("hm, \"what\"?"),
                new Part.Text("Ünï 🙂 \u0000 \n\t\\"),
                new Part.ToolCall("call_1", "look", "{\"at\": 1.50}"),
                new Part.Other("image_url", "{\"type\":\"image_url\"}")));
    journal().opened(opening("i1", MINE, user("Look!"), message));

    assertThat(one("i1").messages()).containsExactly(user("Look!"), message);
  }

  @Test
  void anAnswerKeepsItsOwnReasoning() {
    Message yes = assistant("Yes.");
    Message thought =
        new Message(Role.ASSISTANT, List.of(new Part.Reasoning("hm"), yes.parts().getFirst()));
    journal().recorded(opening("i1", MINE, user("A?")), answered(yes), List.of());
    journal().recorded(opening("i2", MINE, user("B?")), answered(thought), List.of());

    assertThat(one("i1").answer()).isEqualTo(yes);
    assertThat(one("i2").answer()).isEqualTo(thought);
  }

  @Test
  void receiptsComeNewestFirstAndPageByPage() {
    for (String id : List.of("i1", "i2", "i3")) {
      journal().opened(opening(id, MINE, user(id)));
    }
    journal().opened(opening("i4", scope("other", ANN), user("elsewhere")));
    journal().opened(opening("i5", scope(SPACE, "bob"), user("somebody else's")));

    assertThat(journal().receipts(SPACE, ANN, Journal.Wanted.ALL, null, 2))
        .extracting(receipt -> receipt.interaction().id())
        .containsExactly("i3", "i2");
    assertThat(journal().receipts(SPACE, ANN, Journal.Wanted.ALL, "i2", 2))
        .extracting(receipt -> receipt.interaction().id())
        .containsExactly("i1");
  }

  @Test
  void onlyTheReceiptsWantedAreGiven() {
    journal().opened(opening("i1", new Scope(SPACE, ANN, null, "s", null), user("A?")));
    journal().recorded(opening("i2", MINE, user("B?")), answered(user("B.")), List.of());

    assertThat(wanted(InteractionState.OPENED, null, null, null, null)).containsExactly("i1");
    assertThat(wanted(null, "s", null, null, null)).containsExactly("i1");
    assertThat(wanted(null, null, "of-i2", null, null)).containsExactly("i2");
    assertThat(wanted(null, null, null, START, null)).containsExactly("i2", "i1");
    assertThat(wanted(null, null, null, START.plusMillis(1), null)).isEmpty();
    assertThat(wanted(null, null, null, null, START)).isEmpty();
    assertThat(wanted(null, null, null, null, START.plusMillis(1))).hasSize(2);
  }

  private List<String> wanted(
      InteractionState state, String session, String conversation, Instant since, Instant until) {
    Journal.Wanted wanted = new Journal.Wanted(state, session, conversation, since, until);
    return journal().receipts(SPACE, ANN, wanted, null, 9).stream()
        .map(receipt -> receipt.interaction().id())
        .toList();
  }

  @Test
  void severalAreWrittenInOrderOrNotAtAll() {
    Journal.Recorded first =
        new Journal.Recorded(opening("i1", MINE, user("A?")), answered(user("A.")), List.of());
    Journal.Recorded second =
        new Journal.Recorded(opening("i2", MINE, user("B?")), answered(user("B.")), List.of());

    Journal.Opening good = opening("i3", MINE, user("C?"));
    Journal.Opening without =
        new Journal.Opening(
            good.id(),
            good.scope(),
            good.mode(),
            good.path(),
            good.conversation(),
            null,
            null,
            good.messages(),
            good.chain(),
            good.parameters(),
            null,
            List.of(),
            START);
    Journal.Recorded bad = new Journal.Recorded(without, answered(user("C.")), List.of());

    assertThatThrownBy(() -> journal().recorded(List.of(first, second, bad)))
        .isInstanceOf(RuntimeException.class);
    assertThat(journal().receipts(SPACE, ANN, Journal.Wanted.ALL, null, 9)).isEmpty();
    journal().recorded(List.of(first, second));
    assertThat(journal().receipts(SPACE, ANN, Journal.Wanted.ALL, null, 9)).hasSize(2);
  }

  @Test
  void whatASpaceHasTakenIsCounted() {
    journal().opened(opening("i1", MINE, user("A?")));
    journal().recorded(opening("i2", MINE, user("B?")), answered(user("12345")), List.of());
    journal().opened(opening("i3", scope("other", ANN), user("C?")));

    Journal.Size size = journal().size(SPACE);
    assertThat(size.interactions())
        .isEqualTo(Map.of(InteractionState.OPENED, 1, InteractionState.COMPLETED, 1));
    assertThat(size.bytes()).isGreaterThan(5).isLessThan(1_000);
    assertThat(size.augmented()).isZero();
    assertThat(journal().size("nowhere")).isEqualTo(new Journal.Size(Map.of(), 0, 0));
  }

  @Test
  void aReceiptIsForItsPrincipalAlone() {
    journal().opened(opening("i1", MINE, user("Why?")));

    assertThat(journal().receipt(SPACE, ANN, "i1")).isPresent();
    assertThat(journal().receipt(SPACE, "bob", "i1")).isEmpty();
  }

  private Receipt.Learning learning(String id) {
    return journal().receipt(SPACE, ANN, id).orElseThrow().learning();
  }
}
