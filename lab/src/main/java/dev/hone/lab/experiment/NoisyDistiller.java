package dev.hone.lab.experiment;

import dev.hone.lab.data.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A distiller that says the same in ever other words, as a language model does that is asked again
 * and again: of a question, one or two words of the situation are changed or left out; of some the
 * answer is wrong. The same seed distills the same.
 */
final class NoisyDistiller {

  private static final int MOST_CHANGES = 2;

  private final List<Question> questions;
  private final List<String> words;
  private final double wrong;
  private final long seed;

  /**
   * @param questions whose words and answers are put in place of others
   * @param wrong the share of answers that are wrong, in [0, 1]
   */
  NoisyDistiller(List<Question> questions, double wrong, long seed) {
    this.questions = List.copyOf(questions);
    this.words =
        questions.stream()
            .flatMap(question -> Arrays.stream(words(question.text())))
            .distinct()
            .toList();
    this.wrong = wrong;
    this.seed = seed;
  }

  /** What it makes of a question: a situation and what to know in it. */
  record Distilled(String when, String content) {}

  /**
   * Distills.
   *
   * @param question of those that it knows, by its place
   * @param iteration from 0, which changes nothing and is right
   */
  Distilled distill(int question, int iteration) {
    Question asked = questions.get(question);
    if (iteration == 0) {
      return new Distilled(asked.text(), asked.answer());
    }
    SplittableRandom random =
        new SplittableRandom(seed * 1_000_003L + question * 8_191L + iteration);
    List<String> changed = new ArrayList<>(List.of(words(asked.text())));
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes && changed.size() > 2; i++) {
      int at = random.nextInt(changed.size());
      if (random.nextBoolean()) {
        changed.remove(at);
      } else {
        changed.set(at, words.get(random.nextInt(words.size())));
      }
    }
    String content =
        random.nextDouble() < wrong
            ? questions.get(random.nextInt(questions.size())).answer()
            : asked.answer();
    return new Distilled(changed.stream().collect(Collectors.joining(" ")).strip(), content);
  }

  private static String[] words(String text) {
    return text.strip().split("\\s+");
  }
}
