package dev.hone.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lab.data.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A question, an answer, and the right one where that was wrong. */
class QuestionAnsweringTest extends EnvironmentContract {

  private static final Question CHOICE =
      new Question("1", "", "", "Which vitamin?", List.of("A", "B", "C"), "C");
  private static final Question OPEN =
      new Question("2", "", "", "How many legs has an insect?", List.of(), "six");

  @Override
  Environment environment() {
    return new QuestionAnswering("questions", List.of(CHOICE, OPEN));
  }

  private static Step answer(Question question, String action) {
    QuestionAnswering environment = new QuestionAnswering("one", List.of(question));
    environment.reset(1);
    return environment.step(action);
  }

  @Test
  void aRightAnswerEarnsOneAndIsNotCorrected() {
    Step step = answer(CHOICE, "C");
    assertThat(step.reward()).hasValue(1);
    assertThat(step.correction()).isEmpty();
    assertThat(step.terminated()).isTrue();
    assertThat(answer(OPEN, "It has six.").reward()).hasValue(1);
  }

  @Test
  void aWrongAnswerEarnsNothingAndIsToldTheRightOne() {
    assertThat(answer(CHOICE, "A").reward()).hasValue(0);
    assertThat(answer(CHOICE, "A").correction()).contains("C");
    assertThat(answer(OPEN, "eight").correction()).contains("six");
  }

  @Test
  void theChoicesAreTheActions() {
    assertThat(new QuestionAnswering("one", List.of(CHOICE)).reset(1).actions())
        .containsExactly("A", "B", "C");
  }

  @Test
  void withoutAnswersThereIsNothingToEarn() {
    Question open = new Question("3", "", "", "Why?", List.of(), "");
    assertThatThrownBy(() -> new QuestionAnswering("why.jsonl", List.of(open)))
        .isInstanceOf(EnvironmentFailed.class)
        .hasMessageContaining("why.jsonl holds no question with an answer");
  }
}
