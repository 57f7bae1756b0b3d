package dev.hone.lab.environment;

import dev.hone.lab.data.Question;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Questions with correction: an episode is one question, drawn by the seed; a right answer earns 1,
 * a wrong one 0 and is told the right one.
 */
public final class QuestionAnswering implements Environment {

  private final String name;
  private final List<Question> questions;
  private @Nullable Question asked;

  /**
   * @param questions with an answer each; at least one
   */
  public QuestionAnswering(String name, List<Question> questions) {
    this.name = name;
    this.questions = questions.stream().filter(each -> !each.answer().isBlank()).toList();
    if (this.questions.isEmpty()) {
      throw new EnvironmentFailed(name + " holds no question with an answer.");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Situation reset(long seed) {
    Question question = questions.get(new SplittableRandom(seed).nextInt(questions.size()));
    asked = question;
    return new Situation(question.text(), question.choices(), Map.of("id", question.id()));
  }

  @Override
  public Step step(String action) {
    Question question = asked;
    if (question == null) {
      throw new IllegalStateException("no question was asked");
    }
    asked = null;
    boolean right =
        question.choices().isEmpty()
            ? question.answeredBy(action)
            : Question.normal(action).equals(Question.normal(question.answer()));
    return new Step(
        Situation.end(right ? "Right." : "Wrong."),
        OptionalDouble.of(right ? 1 : 0),
        right ? Optional.empty() : Optional.of(question.answer()),
        true,
        false);
  }
}
