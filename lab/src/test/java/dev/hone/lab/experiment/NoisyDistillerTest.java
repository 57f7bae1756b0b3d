package dev.hone.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lab.data.Question;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same in ever other words, and now and then wrong. */
class NoisyDistillerTest {

  private static final List<Question> QUESTIONS =
      List.of(
          open("How many legs has an insect in all?", "six"),
          open("Which gas do plants take up?", "carbon dioxide"),
          open("What boils at a hundred degrees?", "water"));

  private static Question open(String text, String answer) {
    return new Question(text, "", "", text, List.of(), answer);
  }

  @Test
  void theFirstTimeItSaysWhatIsSo() {
    NoisyDistiller distiller = new NoisyDistiller(QUESTIONS, 1, 7);
    assertThat(distiller.distill(0, 0))
        .isEqualTo(new NoisyDistiller.Distilled(QUESTIONS.getFirst().text(), "six"));
  }

  @Test
  void laterOneOrTwoWordsAreOthers() {
    NoisyDistiller distiller = new NoisyDistiller(QUESTIONS, 0, 7);
    Set<String> known = Set.of(QUESTIONS.getFirst().text().split(" "));
    Set<String> situations = new HashSet<>();
    for (int iteration = 1; iteration <= 50; iteration++) {
      NoisyDistiller.Distilled distilled = distiller.distill(0, iteration);
      Set<String> kept = new HashSet<>(known);
      kept.retainAll(List.of(distilled.when().split(" ")));
      assertThat(kept.size()).isBetween(known.size() - 2, known.size());
      assertThat(distilled.content()).isEqualTo("six");
      situations.add(distilled.when());
    }
    assertThat(situations).hasSizeGreaterThan(20);
  }

  /** Of the wrong ones a third happens to be right: it is drawn from three answers. */
  @Test
  void aShareOfTheAnswersIsThatToAnotherQuestion() {
    NoisyDistiller distiller = new NoisyDistiller(QUESTIONS, 0.45, 7);
    long wrong =
        IntStream.rangeClosed(1, 1_000)
            .filter(iteration -> !distiller.distill(0, iteration).content().equals("six"))
            .count();
    assertThat(wrong).isBetween(240L, 360L);
  }

  @Test
  void theSameSeedDistillsTheSame() {
    NoisyDistiller one = new NoisyDistiller(QUESTIONS, 0.3, 7);
    NoisyDistiller same = new NoisyDistiller(QUESTIONS, 0.3, 7);
    NoisyDistiller other = new NoisyDistiller(QUESTIONS, 0.3, 8);
    List<NoisyDistiller.Distilled> first =
        IntStream.range(0, 20).mapToObj(i -> one.distill(1, i)).toList();
    assertThat(IntStream.range(0, 20).mapToObj(i -> same.distill(1, i)).toList()).isEqualTo(first);
    assertThat(IntStream.range(0, 20).mapToObj(i -> other.distill(1, i)).toList())
        .isNotEqualTo(first);
  }
}
