package dev.hone.model.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in model answers from its prompt, and from nothing else. */
class LexicalReaderTest {

  private static final String CHOICES =
      "Which animal spins webs to catch its prey?\nA) beetle\nB) spider\nC) salmon\nD) falcon";

  private final LexicalReader reader = new LexicalReader();

  private static String with(String question, String... items) {
    StringBuilder block = new StringBuilder(question).append("\n\n<experience>\n");
    for (int i = 0; i < items.length; i += 2) {
      block.append(
          "[" + (i / 2 + 1) + "] When: " + items[i] + "\n    Note: " + items[i + 1] + "\n");
    }
    return block.append("</experience>").toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"beetle", "spider", "salmon", "falcon"})
  void aChoiceThatANoteNamesIsChosen(String answer) {
    LexicalReader.Reading reading =
        reader.read(with(CHOICES, "Which animal spins webs to catch its prey?", answer));

    assertThat(reading.answer()).endsWith(") " + answer);
    assertThat(reading.confidence()).isGreaterThan(0.5);
  }

  @Test
  void aNoteOnSomethingElseDoesNotMislead() {
    LexicalReader.Reading reading =
        reader.read(
            with(
                CHOICES,
                "Which fish swims upstream to spawn in rivers?",
                "salmon",
                "Which animal spins webs to catch its prey?",
                "spider"));

    assertThat(reading.answer()).isEqualTo("B) spider");
  }

  @Test
  void anOpenQuestionIsAnsweredByTheNoteThatMatchesIt() {
    assertThat(
            reader
                .read(
                    with(
                        "How many legs does an insect have?",
                        "the capital of France",
                        "Paris",
                        "How many legs does an insect have?",
                        "Six."))
                .answer())
        .isEqualTo("Six.");
  }

  @Test
  void aNoteInAWholeSentenceAnswersAndTheQuestionItselfDoesNot() {
    String question = "Which pump feeds the header tank?";

    assertThat(reader.read(with(question, question, "Pump P-7 feeds the header tank.")).answer())
        .isEqualTo("Pump P-7 feeds the header tank.");
    assertThat(reader.read(with(question, question, "Which pumps feed the header tank?")).answer())
        .isEqualTo(LexicalReader.UNKNOWN);
  }

  @Test
  void aQuestionAfterATextIsAnsweredFromTheText() {
    assertThat(
            reader
                .read("The red house was built in 1907. Its garden is large. When was it built?")
                .answer())
        .isEqualTo("The red house was built in 1907.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "How many legs does an insect have?", "Two sentences. Why so?"})
  void whatDoesNotStandInThePromptIsUnknown(String question) {
    assertThat(reader.read(question))
        .isEqualTo(new LexicalReader.Reading(LexicalReader.UNKNOWN, 0));
  }

  @Test
  void withoutExperienceAChoiceIsAGuessThatIsAsGoodAsAny() {
    Set<String> answers = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      LexicalReader.Reading reading =
          reader.read("Question " + i + "?\nA) amber\nB) basil\nC) cedar\nD) delta");
      answers.add(reading.answer());
      assertThat(reading.confidence()).isEqualTo(0.25);
    }

    assertThat(answers).containsExactlyInAnyOrder("A) amber", "B) basil", "C) cedar", "D) delta");
  }

  @Test
  void theSamePromptHasTheSameAnswerAndConfidenceLiesBetweenZeroAndOne() {
    List<String> words =
        List.of("amber", "basil", "cedar", "delta", "the", "of", "7", "日本", "A)", "a", "?", ".");
    Random random = new Random(2);
    for (int round = 0; round < 500; round++) {
      String text = text(random, words);
      String prompt =
          random.nextBoolean()
              ? text
              : with(
                  text + (random.nextBoolean() ? "\nA) amber\nB) " + text : ""),
                  text(random, words),
                  text(random, words));
      LexicalReader.Reading reading = reader.read(prompt);

      assertThat(reading.confidence()).as(prompt).isBetween(0.0, 1.0);
      reader.read(text(random, words));
      assertThat(new LexicalReader().read(prompt)).isEqualTo(reading);
      assertThat(reader.read(prompt)).isEqualTo(reading);
    }
  }

  private static String text(Random random, List<String> words) {
    StringBuilder text = new StringBuilder("x");
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(' ').append(words.get(random.nextInt(words.size())));
    }
    return text.toString();
  }
}
