package dev.hone.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked is not lived through. */
class PartsTest {

  private static Question open(String id, String text) {
    return new Question(id, "", "", text, List.of(), "x");
  }

  private static Question choice(String id, String text, String... choices) {
    return new Question(id, "", "", text, List.of(choices), choices[0]);
  }

  @Test
  void anOpenQuestionOfTheSameWordsIsLeftOut() {
    Parts parts =
        new Parts(
            List.of(open("l1", "What is  BLUE?"), open("l2", "What is green?")),
            List.of(choice("a1", "what is blue", "x", "y")));
    assertThat(parts.lived()).extracting(Question::id).containsExactly("l2");
  }

  @Test
  void aChoiceOfTheSameWordsIsLeftOutOnlyWhenItsChoicesAreTheSame() {
    Parts parts =
        new Parts(
            List.of(
                choice("l1", "Which is true?", "y", "x"), choice("l2", "Which is true?", "p", "q")),
            List.of(choice("a1", "Which is true?", "x", "y")));
    assertThat(parts.lived()).extracting(Question::id).containsExactly("l2");
  }

  @Test
  void whatHasNoAnswerIsNeitherLivedThroughNorAsked() {
    Question none = new Question("n", "", "", "Q?", List.of("x"), "");
    Parts parts = new Parts(List.of(none), List.of(none));
    assertThat(parts.lived()).isEmpty();
    assertThat(parts.asked()).isEmpty();
  }

  @Test
  void idsTellQuestionsApart() {
    List<Question> twice = List.of(open("a", "Q1?"), open("a", "Q2?"));
    assertThatThrownBy(() -> new Parts(List.of(), twice)).hasMessageContaining("the id 'a'");
    assertThatThrownBy(() -> new Parts(twice, List.of())).hasMessageContaining("the id 'a'");
  }

  @Test
  void fingerprintsTellQuestionsAndTheirOrderApart() {
    Question one = open("1", "Q1?");
    Question two = open("2", "Q2?");
    String print = new Parts(List.of(one, two), List.of()).fingerprint();
    assertThat(new Parts(List.of(one, two), List.of()).fingerprint()).isEqualTo(print);
    assertThat(new Parts(List.of(two, one), List.of()).fingerprint()).isNotEqualTo(print);
  }
}
