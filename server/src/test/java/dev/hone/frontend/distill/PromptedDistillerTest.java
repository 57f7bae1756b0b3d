package dev.hone.frontend.distill;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.episode;
import static dev.hone.testing.Samples.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Draft;
import dev.hone.experience.Evidence;
import dev.hone.experience.Kind;
import dev.hone.experience.Lesson;
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
    private final List<String> asked = new ArrayList<>();

    @Override
    public Reply ask(String instructions, String material) {
      assertThat(instructions).isEqualTo("the prompt");
      asked.add(material);
      return replies.remove();
    }
  }

  private final ScriptedModel model = new ScriptedModel();

  private Distillation distilled(String... answers) {
    Stream.of(answers)
        .map(answer -> new LearningModel.Reply.Text(answer.replace('\'', '"')))
        .forEach(model.replies::add);
    return distilled();
  }

  private Distillation distilled() {
    return new PromptedDistiller(
            model, "the prompt", Map.of("biology", "animals and plants", "art", "pictures"))
        .distill(
            episode(
                interaction(
                    "i1",
                    "How many legs?",
                    "Eight legs.",
                    correction("o", "i1", "bob", "Six legs.")),
                interaction("i2", "And wings?", "Four.")));
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
  void theModelIsToldTypesAndEverythingThatWasSaid() {
    distilled(items(ITEM));

    assertThat(model.asked.getFirst())
        .containsSubsequence(
            "- art: pictures",
            "- biology: animals and plants",
            "Interaction 1",
            "user: How many legs?",
            "assistant: Eight legs.",
            "outcome: Six legs.",
            "Interaction 2",
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
    model.replies.add(new LearningModel.Reply.Text("Hm."));
    model.replies.add(new LearningModel.Reply.Unavailable("busy", Duration.ofSeconds(7)));

    assertThat(distilled()).isEqualTo(new Distillation.Later("busy", Duration.ofSeconds(7)));
  }

  @Test
  void moreThanThreeItemsAreCut() {
    assertThat(distilled(items(ITEM, ITEM, ITEM, ITEM)))
        .isInstanceOfSatisfying(
            Distillation.Lessons.class,
            lessons -> {
              assertThat(lessons.drafts()).hasSize(3);
              assertThat(lessons.rejected()).containsExactly("more than 3 items");
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
