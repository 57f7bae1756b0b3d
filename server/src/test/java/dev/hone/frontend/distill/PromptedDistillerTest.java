package dev.hone.frontend.distill;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.episode;
import static dev.hone.testing.Samples.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Kind;
import dev.hone.experience.Lesson;
import dev.hone.experience.Outcome;
import dev.hone.experience.Role;
import dev.hone.port.Distiller.Distillation;
import dev.hone.port.LearningModel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A language model distills; what it answers is read strictly. Apostrophes stand for quotes. */
class PromptedDistillerTest {

  private static final String ITEM =
      "{'title':'Legs','when':'counting legs','content':'Six.','kind':'fact','type':'biology',"
          + "'evidence':[{'interaction':1,'role':'outcome','quote':'Six legs.'}]}";
  private static final Lesson LESSON =
      new Lesson("Legs", "counting legs", "Six.", Kind.FACT, "biology");

  /** Answers as scripted, and remembers what it was asked. */
  private static final class ScriptedModel implements LearningModel {
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    @Override
    public Reply ask(String space, String instructions, String material) {
      assertThat(space).isEqualTo(SPACE);
      told.add(instructions);
      asked.add(material);
      return replies.remove();
    }
  }

  private final ScriptedModel model = new ScriptedModel();

  private Distillation distilled(String... answers) {
    Stream.of(answers)
        .map(answer -> new LearningModel.Reply.Text(answer.replace('\'', '"'), 1))
        .forEach(model.replies::add);
    return distilled();
  }

  private Distillation distilled() {
    return distilled(
        episode(
            interaction(
                "i1", "How many legs?", "Eight legs.", correction("o", "i1", "bob", "Six legs.")),
            interaction("i2", "And wings?", "Four.")));
  }

  private Distillation distilled(Episode episode) {
    return new PromptedDistiller(
            model,
            part -> "the " + part + "\n",
            Map.of("biology", "animals and plants", "art", "pictures"),
            text -> text.length() / 4,
            1_000)
        .distill(episode);
  }

  private static String items(String... items) {
    return "{'thoughts':'x','items':[" + Stream.of(items).collect(Collectors.joining(",")) + "]}";
  }

  private static List<Draft> drafts(Distillation distillation) {
    return distillation instanceof Distillation.Lessons lessons ? lessons.drafts() : List.of();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "```json\n%s\n```", "Sure:\n%s\nDone."})
  void aGoodAnswerGivesLessonsWithEvidence(String form) {
    assertThat(drafts(distilled(form.formatted(items(ITEM)))))
        .containsExactly(
            new Draft(LESSON, List.of(new Evidence("i1", Role.OUTCOME, "Six legs.", "bob"))));
    assertThat(model.asked).hasSize(1);
  }

  @Test
  void theModelIsToldTheRulesThenTheTypesThenWhatToThinkOf() {
    distilled(items(ITEM));

    assertThat(model.told)
        .containsExactly(
            "the rules\n\nTypes:\n- art: pictures\n- biology: animals and plants\n\nthe failure\n");
  }

  @Test
  void theInstructionsAreTheSameForEveryEpisodeOfAKindAndBeginTheSameForAll() {
    distilled(items(ITEM));
    Outcome praise = new Outcome("o", "i3", "correct", 1.0, null, null, "bob", START);
    Outcome blame = new Outcome("o", "i4", "correct", 0.0, null, null, "cid", START);
    for (Episode other :
        List.of(
            episode(interaction("i3", "Why?", "So.", praise)),
            episode(interaction("i4", "Whence?", "Thence.", blame)))) {
      model.replies.add(new LearningModel.Reply.Text("{\"items\":[]}", 1));
      distilled(other);
    }

    assertThat(model.told.get(2)).isEqualTo(model.told.getFirst());
    assertThat(model.told.get(1)).endsWith("the success\n");
    String common = model.told.getFirst().replace("the failure\n", "");
    assertThat(model.told).allSatisfy(told -> assertThat(told).startsWith(common));
  }

  @Test
  void theModelIsGivenEverythingThatWasSaidWithNumbersAndDatesAndWithoutIds() {
    distilled(items(ITEM));

    assertThat(model.asked.getFirst())
        .doesNotContain("i1", "i2", ANN, "bob", "of-")
        .containsSubsequence(
            "Interaction 1 (2026-01-01, conversation 1)",
            "user: How many legs?",
            "assistant: Eight legs.",
            "outcome: Six legs.",
            "Interaction 2 (2026-01-01, conversation 2)",
            "user: And wings?",
            "assistant: Four.");
  }

  @Test
  void evidenceIsTheEpisodesPrincipalsUnlessAnOutcomeSaysIt() {
    String users = ITEM.replace("outcome", "user").replace("Six legs.", "How many");

    assertThat(drafts(distilled(items(users))).getFirst().evidence())
        .containsExactly(new Evidence("i1", Role.USER, "How many", ANN));
  }

  @Test
  void anOutcomeSaysItHoweverItIsSpaced() {
    String spaced = ITEM.replace("'quote':'Six legs.'", "'quote':'Six\\n  legs. '");

    assertThat(drafts(distilled(items(spaced))).getFirst().evidence())
        .extracting(Evidence::principal)
        .containsExactly("bob");
  }

  @Test
  void anUnknownTypeIsLeftToTheClassifier() {
    assertThat(drafts(distilled(items(ITEM.replace("biology", "cooking")))).getFirst().lesson())
        .isEqualTo(LESSON.ofType(""));
  }

  @Test
  void nothingToLearnIsANormalAnswer() {
    assertThat(distilled("{'items':[],'nothing':'small talk'}"))
        .isEqualTo(new Distillation.Nothing("small talk"));
  }

  @Test
  void aMalformedAnswerIsSentBackOnceWithTheReason() {
    Distillation distillation = distilled("I would say six.", items(ITEM));

    assertThat(drafts(distillation)).hasSize(1);
    assertThat(model.asked).hasSize(2);
    assertThat(model.asked.getLast())
        .startsWith(model.asked.getFirst())
        .contains("could not be read: there is no JSON object in it")
        .contains("I would say six.");
  }

  @Test
  void anAnswerThatIsMalformedTwiceIsUnreadable() {
    assertThat(distilled("Hm.", "Still hm."))
        .isEqualTo(new Distillation.Unreadable("there is no JSON object in it", "Still hm."));
  }

  @Test
  void aModelThatIsAwayIsAskedLater() {
    model.replies.add(new LearningModel.Reply.Unavailable("busy", Duration.ofSeconds(7)));

    assertThat(distilled()).isEqualTo(new Distillation.Later("busy", Duration.ofSeconds(7)));
  }

  @Test
  void aModelThatIsAwayForTheRepairIsAskedLater() {
    model.replies.add(new LearningModel.Reply.Text("Hm.", 1));
    model.replies.add(new LearningModel.Reply.Unavailable("busy", Duration.ofSeconds(7)));

    assertThat(distilled()).isEqualTo(new Distillation.Later("busy", Duration.ofSeconds(7)));
  }

  @Test
  void aModelThatIsNotAskedHasItsTurnLater() {
    model.replies.add(new LearningModel.Reply.NotAsked("spent", Duration.ofHours(7)));

    assertThat(distilled()).isEqualTo(new Distillation.Waits("spent", Duration.ofHours(7)));
  }

  @Test
  void aRequestThatTheModelDoesNotTakeIsUnreadableWithoutARepair() {
    model.replies.add(new LearningModel.Reply.Refused("HTTP status 400"));

    assertThat(distilled()).isEqualTo(new Distillation.Unreadable("HTTP status 400", ""));
    assertThat(model.asked).hasSize(1);
  }

  @Test
  void moreThanThreeItemsAreCut() {
    assertThat(distilled(items(ITEM, ITEM, ITEM, ITEM)))
        .isInstanceOfSatisfying(
            Distillation.Lessons.class,
            lessons -> {
              assertThat(lessons.drafts()).hasSize(3);
              assertThat(lessons.rejected()).containsExactly("Legs: more than 3 items");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'interaction':1>'interaction':3",
        "'interaction':1>'interaction':0",
        "'interaction':1>'interaction':'x'",
        "'role':'outcome'>'role':'king'",
        "'quote':'Six legs.'>'quote':' '",
        "'kind':'fact'>'kind':'rumour'",
        "'content':'Six.'>'content':''",
        "'when':'counting legs'>'when':7",
        "'evidence':[{'interaction':1,'role':'outcome','quote':'Six legs.'}]>'evidence':[]",
        "'evidence':[{'interaction':1,'role':'outcome','quote':'Six legs.'}]>'evidence':'x'"
      })
  void anItemThatBreaksTheFormIsSentBack(String change) {
    String[] parts = change.split(">", 2);
    String broken = ITEM.replace(parts[0], parts[1]);

    assertThat(broken).isNotEqualTo(ITEM);
    assertThat(distilled(items(broken), items(broken))).isInstanceOf(Distillation.Unreadable.class);
    assertThat(model.asked).hasSize(2);
  }
}
