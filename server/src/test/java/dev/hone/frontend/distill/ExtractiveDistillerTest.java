package dev.hone.frontend.distill;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.episode;
import static dev.hone.testing.Samples.interaction;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Draft;
import dev.hone.experience.Evidence;
import dev.hone.experience.Interaction;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Kind;
import dev.hone.experience.Message;
import dev.hone.experience.Outcome;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import dev.hone.port.Distiller.Distillation;
import dev.hone.testing.FakeJournal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in distiller learns from what somebody said about an answer. */
class ExtractiveDistillerTest {

  private final ExtractiveDistiller distiller = new ExtractiveDistiller();

  private List<Draft> lessons(Interaction... interactions) {
    return distiller.distill(episode(interactions)) instanceof Distillation.Lessons lessons
        ? lessons.drafts()
        : List.of();
  }

  private static Outcome outcome(Double value, String comment) {
    return new Outcome("o", "i1", "rating", value, null, comment, "bob", START);
  }

  /**
   * Long enough to overflow a stack that is as deep, and to take hours where time is its square.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"\n", "\r\n\n", " ", ". ", "no, ", "a1", "Ab_", "If ", "...", "\t(", "a\n"})
  @Timeout(60)
  void noTextIsTooLongForIt(String unit) {
    String text = "How?" + unit.repeat(500_000) + "x";

    assertThat(
            lessons(
                interaction(
                    "i1", text, text, correction("o1", "i1", "bob", text), outcome(1.0, text))))
        .isNotEmpty();
  }

  @Test
  void aCorrectionIsAFactThatRestsOnTheQuestionAndTheCorrection() {
    Draft draft =
        lessons(
                interaction(
                    "i1", "How many  legs?", "Eight.", correction("o", "i1", "bob", " Six. ")))
            .getFirst();

    assertThat(draft.lesson().when()).isEqualTo("How many legs?");
    assertThat(draft.lesson().content()).isEqualTo("Six.");
    assertThat(draft.lesson().kind()).isEqualTo(Kind.FACT);
    assertThat(draft.lesson().type()).isEmpty();
    assertThat(draft.evidence())
        .containsExactly(
            new Evidence("i1", Role.USER, "How many  legs?", ANN),
            new Evidence("i1", Role.OUTCOME, "Six.", "bob"));
  }

  @Test
  void choicesAreNoPartOfTheSituation() {
    Draft draft =
        lessons(
                interaction(
                    "i1",
                    "What spins webs?\nA) bees\nB) spiders",
                    "A",
                    correction("o", "i1", "bob", "spiders")))
            .getFirst();

    assertThat(draft.lesson().when()).isEqualTo("What spins webs?");
  }

  @Test
  void aPraisedAnswerIsAnInsight() {
    Draft draft = lessons(interaction("i1", "How?", "Like this.", outcome(1.0, null))).getFirst();

    assertThat(draft.lesson().content()).isEqualTo("Like this.");
    assertThat(draft.lesson().kind()).isEqualTo(Kind.INSIGHT);
    assertThat(draft.evidence())
        .extracting(Evidence::role)
        .containsExactly(Role.ASSISTANT, Role.OUTCOME);
    assertThat(draft.evidence().getLast().quote()).isEqualTo("rating=1.0");
  }

  @Test
  void aCommentOnABadAnswerIsAPitfall() {
    Draft draft =
        lessons(interaction("i1", "How?", "Like this.", outcome(0.0, "Not on Sundays.")))
            .getFirst();

    assertThat(draft.lesson().content()).isEqualTo("Not on Sundays.");
    assertThat(draft.lesson().kind()).isEqualTo(Kind.PITFALL);
  }

  @Test
  void aCorrectionOutweighsOtherOutcomes() {
    assertThat(
            lessons(
                interaction(
                    "i1",
                    "How many?",
                    "Eight.",
                    outcome(1.0, null),
                    correction("o2", "i1", "bob", "Six."))))
        .extracting(draft -> draft.lesson().content())
        .containsExactly("Six.");
  }

  @Test
  void theLastJudgementOfAPrincipalCounts() {
    Outcome good = outcome(1.0, null);
    Outcome bad = outcome(0.0, null);
    Outcome others = new Outcome("o", "i1", "rating", 0.0, null, null, "cid", START);
    Outcome remark = new Outcome("o", "i1", "rating", null, null, "Hm.", "bob", START);

    assertThat(lessons(interaction("i1", "How?", "So.", good, bad))).isEmpty();
    assertThat(lessons(interaction("i1", "How?", "So.", bad, good))).hasSize(1);
    assertThat(lessons(interaction("i1", "How?", "So.", good, others))).hasSize(1);
    assertThat(lessons(interaction("i1", "How?", "So.", good, remark))).hasSize(1);
  }

  @Test
  void aJudgementThatIsRepeatedTakesNothingBack() {
    Outcome told = outcome(0.0, "Not on Sundays.");

    assertThat(lessons(interaction("i1", "How?", "So.", told, outcome(0.0, null)))).hasSize(1);
    assertThat(lessons(interaction("i1", "How?", "So.", told, outcome(0.1, "Nor on Mondays."))))
        .hasSize(2);
    assertThat(lessons(interaction("i1", "How?", "So.", told, outcome(1.0, null))))
        .extracting(draft -> draft.lesson().content())
        .containsExactly("So.");
  }

  @Test
  void aCorrectionIsTakenBackByAnotherAndByAGoodJudgement() {
    Outcome six = correction("o1", "i1", "bob", "Six.");
    Outcome five = correction("o2", "i1", "bob", "Five.");
    Outcome right = new Outcome("o3", "i1", "correct", 1.0, null, null, "bob", START);

    assertThat(lessons(interaction("i1", "How many?", "Four.", six, five)))
        .extracting(draft -> draft.lesson().content())
        .containsExactly("Five.");
    assertThat(lessons(interaction("i1", "How many?", "Four.", six, right)))
        .extracting(draft -> draft.lesson().content())
        .containsExactly("Four.");
  }

  @Test
  void withoutJudgementNothingIsLearned() {
    assertThat(distiller.distill(episode(interaction("i1", "How?", "So."))))
        .isInstanceOf(Distillation.Nothing.class);
    assertThat(lessons(interaction("i1", "How?", "So.", outcome(0.0, null)))).isEmpty();
    assertThat(lessons(interaction("i1", "How?", "So.", outcome(null, "Hm.")))).isEmpty();
    assertThat(lessons(interaction("i1", "  ", "So.", outcome(1.0, null)))).isEmpty();
  }

  private List<Draft> answered(String reply) {
    return lessons(
        interaction("i1", "How many legs?", "Eight."),
        interaction("i2", scope(SPACE, ANN), "of-i1", "i1", reply, "Right."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "No, it is six. | it is six.",
        "Wrong! Six. | Six.",
        "Actually, insects have six. | insects have six.",
        "That's not right, six. | right, six.",
        "Nein: sechs. | sechs."
      })
  void aUserWhoContradictsTeaches(String reply, String content) {
    Draft draft = answered(reply).getFirst();

    assertThat(draft.lesson().when()).isEqualTo("How many legs?");
    assertThat(draft.lesson().content()).isEqualTo(content);
    assertThat(draft.evidence())
        .containsExactly(
            new Evidence("i1", Role.USER, "How many legs?", ANN),
            new Evidence("i2", Role.USER, content, ANN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Thanks!", "Now the wings.", "No", "No.", "Nobody knows.", "Notes please"})
  void aUserWhoGoesOnDoesNot(String reply) {
    assertThat(answered(reply)).isEmpty();
  }

  @Test
  void aContradictionInAnotherConversationIsNone() {
    assertThat(
            lessons(
                interaction("i1", "How many legs?", "Eight."),
                interaction("i2", "No, it is six.", "Right.")))
        .isEmpty();
  }

  private static final String COMPLAINT =
      "I have used this rig for many years and I like it a lot, as everybody here knows. "
              .repeat(20)
          + "If the pressure is above 3 bar, lever V7 must be turned twice before valve B is"
          + " opened. "
          + "By the way, thanks for the quick answer, it was a pleasure as it always is. "
              .repeat(10)
          + "Below 3 bar, never touch V7.";

  @Test
  void ofALongCommentTheSentencesAreKeptThatCarryTheCorrection() {
    Interaction corrected =
        interaction(
            "i1", "How do I open valve B?", "Just do.", correction("o", "i1", "bob", COMPLAINT));
    Draft draft = lessons(corrected).getFirst();

    assertThat(draft.lesson().content())
        .hasSizeLessThanOrEqualTo(1_200)
        .contains("If the pressure is above 3 bar, lever V7 must be turned twice before valve B is")
        .contains("Below 3 bar, never touch V7.");
    assertThat(draft.evidence().subList(1, draft.evidence().size()))
        .allSatisfy(evidence -> assertThat(COMPLAINT).contains(evidence.quote()))
        .allSatisfy(evidence -> assertThat(draft.lesson().content()).contains(evidence.quote()));
    assertStands(corrected);
  }

  private void assertStands(Interaction... interactions) {
    List<Draft> claimed = lessons(interactions);
    assertThat(claimed).isNotEmpty();
    assertThat(new VerifyingDistiller(distiller, new FakeJournal()).distill(episode(interactions)))
        .isEqualTo(new Distillation.Lessons(claimed, List.of()));
  }

  private static Interaction turn(String id, Message said, Message answer, Outcome... outcomes) {
    return new Interaction(
        id,
        scope(SPACE, ANN),
        "run",
        null,
        InteractionState.COMPLETED,
        "a-model",
        List.of(said),
        answer,
        List.of(outcomes),
        START,
        null);
  }

  private static Message calls(String tool) {
    return new Message(Role.ASSISTANT, List.of(new Part.ToolCall("c", tool, "{}")));
  }

  private static Interaction[] run(Outcome... outcomes) {
    Message found = Message.text(Role.TOOL, "{}");
    return new Interaction[] {
      turn("i1", user("Book me a flight to Rome."), calls("get_user")),
      turn("i2", found, calls("search")),
      turn("i3", found, calls("search")),
      turn("i4", found, calls("book")),
      turn("i5", found, assistant("Booked.")),
      turn("i6", user("Thank you so much!"), assistant("You're welcome!"), outcomes)
    };
  }

  private static Outcome reward(double value) {
    return new Outcome("o", "i6", "reward", value, null, null, "bob", START);
  }

  @Test
  void aRunWithToolsThatEndsInPraiseIsAProcedure() {
    List<Draft> drafts = lessons(run(reward(1.0)));

    assertThat(drafts).hasSize(1);
    Draft draft = drafts.getFirst();
    assertThat(draft.lesson().when()).isEqualTo("Book me a flight to Rome.");
    assertThat(draft.lesson().content()).isEqualTo("get_user → search → book");
    assertThat(draft.lesson().kind()).isEqualTo(Kind.PROCEDURE);
    assertThat(draft.evidence())
        .containsExactly(
            new Evidence("i1", Role.USER, "Book me a flight to Rome.", ANN),
            new Evidence("i1", Role.ASSISTANT, "get_user", ANN),
            new Evidence("i2", Role.ASSISTANT, "search", ANN),
            new Evidence("i4", Role.ASSISTANT, "book", ANN),
            new Evidence("i6", Role.OUTCOME, "reward=1.0", "bob"));
    assertStands(run(reward(1.0)));
  }

  @Test
  void aRunWithToolsThatFailedWithoutWordsTeachesNothing() {
    assertThat(lessons(run(reward(0.0)))).isEmpty();
    assertThat(lessons(run())).isEmpty();
    assertThat(lessons(run(reward(1.0), reward(0.0)))).isEmpty();
  }

  @Test
  void ofARunThatFailedTheCorrectionIsTheLesson() {
    assertThat(lessons(run(correction("o", "i6", "bob", "Ask for the date first."))))
        .extracting(draft -> draft.lesson().content())
        .containsExactly("Ask for the date first.");
  }

  @Test
  void praiseInTheMiddleOfARunSpeaksOfThatAnswer() {
    Interaction[] run = run();
    run[4] =
        turn(
            "i5",
            user("Is it booked?"),
            assistant("Yes, for Monday."),
            new Outcome("o", "i5", "rating", 1.0, null, null, "bob", START));

    assertThat(lessons(run))
        .extracting(draft -> draft.lesson().content())
        .containsExactly("Yes, for Monday.");
  }

  @Test
  void anAnswerToThanksIsNoLesson() {
    assertThat(lessons(interaction("i1", "Thanks a lot for your help!", "Any time.", praise())))
        .isEmpty();
    assertThat(lessons(interaction("i1", "Will do, thank you for it all.", "Bye!", praise())))
        .isEmpty();
    assertThat(lessons(interaction("i1", "What does 'thank you' mean", "Danke.", praise())))
        .hasSize(1);
    assertThat(lessons(interaction("i1", "Thanks! And how many legs?", "Six.", praise())))
        .hasSize(1);
  }

  private static Outcome praise() {
    return outcome(1.0, null);
  }

  @Test
  void aVeryLongRunIsToldFromItsBeginning() {
    List<Interaction> run = new ArrayList<>();
    run.add(turn("i0", user("Count."), calls("step_0")));
    for (int i = 1; i < 300; i++) {
      run.add(turn("i" + i, Message.text(Role.TOOL, "ok"), calls("step_" + i)));
    }
    run.add(turn("i300", Message.text(Role.TOOL, "ok"), assistant("Done."), reward(1.0)));
    Interaction[] all = run.toArray(Interaction[]::new);

    assertThat(lessons(all).getFirst().lesson().content())
        .startsWith("step_0 → step_1 → ")
        .endsWith("step_39 → […]");
    assertStands(all);
  }

  @Test
  void longTextsAreCutAtASentenceAndStayQuotes() {
    String question = "This is a sentence of some length, is it not? ".repeat(40);
    String emoji = "🙂".repeat(2_000);
    Draft draft =
        lessons(interaction("i1", question, "x", correction("o", "i1", "bob", emoji))).getFirst();

    assertThat(draft.lesson().when()).hasSizeLessThanOrEqualTo(600).endsWith("not?");
    assertThat(draft.evidence())
        .allSatisfy(evidence -> assertThat(question + emoji).contains(evidence.quote()));
    assertThat(draft.lesson().content()).hasSizeLessThanOrEqualTo(1_200).endsWith("🙂");
  }

  @Test
  void aPraisedAnswerTeachesNothingOfItsConfidence() {
    List<Draft> drafts =
        lessons(
            interaction(
                "i1", "At which pressure?", "Sixty bar.\nConfidence: 0.8", outcome(1.0, null)));

    assertThat(drafts)
        .singleElement()
        .extracting(each -> each.lesson().content())
        .isEqualTo("Sixty bar.");
  }
}
