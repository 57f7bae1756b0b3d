package dev.hone.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Question files are read, and what is wrong in them is named. */
class QuestionFileTest {

  @TempDir private Path folder;

  @Test
  void choicesAndOpenQuestionsAreRead() throws IOException {
    List<Question> questions =
        QuestionFile.read(
            file(
                """
                {"id": "a", "split": "train", "question": "Q1?", "answer_text": "one"}

                {"id": "b", "question": "Q2?", "choices": ["x", "y"], "answer": 1}
                """));
    assertThat(questions)
        .containsExactly(
            new Question("a", "train", "", "Q1?", List.of(), "one"),
            new Question("b", "", "", "Q2?", List.of("x", "y"), "y"));
    assertThat(questions.get(1).prompt()).isEqualTo("Q2?\nA) x\nB) y");
  }

  @Test
  void whatIsWrongIsNamedWithItsLine() throws IOException {
    Path broken = file("{\"question\": \"Q?\"}\n{nonsense\n");
    assertThatThrownBy(() -> QuestionFile.read(broken)).hasMessageContaining("line 2");
    Path index = file("{\"question\": \"Q?\", \"choices\": [\"x\"], \"answer\": 3}\n");
    assertThatThrownBy(() -> QuestionFile.read(index)).hasMessageContaining("'answer'");
    Path textless = file("{\"id\": 1}\n");
    assertThatThrownBy(() -> QuestionFile.read(textless)).hasMessageContaining("'question'");
  }

  @Test
  void anAnswerIsRecognisedInWords() {
    Question open = new Question("a", "", "", "Q?", List.of(), "the blue one");
    assertThat(open.answeredBy("It is The Blue, one!")).isTrue();
    assertThat(open.answeredBy("the blue ones")).isFalse();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "questions", ".jsonl"), text);
  }
}
