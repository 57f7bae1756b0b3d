package dev.hone.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lab.data.Question;
import dev.hone.lab.data.QuestionFile;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bundled questions are what the demo says they are. */
class BundledQuestionsTest {

  private final List<Question> train = QuestionFile.bundled("train.jsonl");
  private final List<Question> test = QuestionFile.bundled("test.jsonl");
  private final List<Question> unanswerable = QuestionFile.bundled("unanswerable.jsonl");

  @Test
  void thereAreEnoughToLiveThroughAndToAsk() {
    assertThat(train).hasSizeGreaterThanOrEqualTo(150);
    assertThat(test).hasSizeGreaterThanOrEqualTo(80);
    assertThat(unanswerable).hasSize(20);
    assertThat(train).allMatch(question -> !question.answer().isBlank());
    assertThat(test).allMatch(question -> question.choices().contains(question.answer()));
    assertThat(test).allMatch(question -> new HashSet<>(question.choices()).size() == 4);
  }

  @Test
  void noHeldOutQuestionSharesFourWordsInARowWithWhatIsLivedThrough() {
    Set<String> lived = new HashSet<>();
    for (Question question : train) {
      lived.addAll(fourGrams(question.text()));
      lived.addAll(fourGrams(question.text() + " " + question.answer()));
    }
    for (Question question : test) {
      Stream.concat(Stream.of(question.text()), question.choices().stream())
          .forEach(
              text ->
                  assertThat(fourGrams(text)).as(question.id()).doesNotContainAnyElementsOf(lived));
    }
  }

  @Test
  void whatIsUnanswerableSharesNoTellingWordWithWhatIsLivedThrough() {
    Set<String> lived = new HashSet<>();
    train.forEach(question -> lived.addAll(telling(question.text() + " " + question.answer())));
    for (Question question : unanswerable) {
      assertThat(telling(question.prompt())).as(question.id()).doesNotContainAnyElementsOf(lived);
    }
  }

  @Test
  void rightAnswersAreSpreadOverThePositions() {
    int[] positions = new int[4];
    test.forEach(question -> positions[question.choices().indexOf(question.answer())]++);
    assertThat(Arrays.stream(positions).min())
        .satisfies(
            least -> assertThat(least.orElse(0)).isGreaterThanOrEqualTo(test.size() / 4 - 4));
  }

  private static List<String> fourGrams(String text) {
    List<String> words = List.of(Question.normal(text).split(" "));
    List<String> grams = new ArrayList<>();
    for (int i = 0; i + 4 <= words.size(); i++) {
      grams.add(String.join(" ", words.subList(i, i + 4)));
    }
    return grams;
  }

  private static Set<String> telling(String text) {
    Analysis analysis = new Analysis();
    Background background = new Background(analysis);
    Set<String> terms = new HashSet<>(analysis.terms(text));
    terms.removeIf(background::common);
    return terms;
  }
}
