package dev.hone.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets are split as the paper splits them, the same way for the same seed. */
class DatasetsTest {

  private static final Path DATA = Path.of("..", "..", "shared", "data");

  @TempDir private Path folder;

  @Test
  void ofAFileWithoutSplitsAFifthOfEachTopicIsAsked() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      lines.add(
          "{\"id\":\"q%d\",\"subject\":\"%s\",\"question\":\"Q%d?\",\"answer_text\":\"a%d\"}"
              .formatted(i, i < 10 ? "law" : "art", i, i));
    }
    Dataset dataset = file(lines);

    Parts parts = dataset.parts(1);

    Map<String, Long> asked = topics(parts.asked());
    assertThat(asked).isEqualTo(Map.of("law", 2L, "art", 4L));
    assertThat(topics(parts.lived())).isEqualTo(Map.of("law", 8L, "art", 16L));
    assertThat(dataset.parts(1)).isEqualTo(parts);
    assertThat(dataset.parts(2)).isNotEqualTo(parts);
    Set<String> both = new HashSet<>(ids(parts.lived()));
    both.addAll(ids(parts.asked()));
    assertThat(both).hasSize(30);
  }

  @Test
  void ofAFileThatSaysSoItsTestSplitIsAsked() throws IOException {
    Dataset dataset =
        file(
            List.of(
                "{\"split\":\"train\",\"question\":\"Q1?\",\"answer_text\":\"a\"}",
                "{\"split\":\"test\",\"question\":\"Q2?\",\"answer_text\":\"b\"}",
                "{\"question\":\"Q3?\",\"answer_text\":\"c\"}"));
    assertThat(ids(dataset.parts(1).asked())).containsExactly("line-2");
    assertThat(ids(dataset.parts(1).lived())).containsExactlyInAnyOrder("line-1", "line-3");
  }

  @Test
  void anEmptyFileIsNamed() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.jsonl"));
    assertThatThrownBy(() -> new Datasets(Optional.empty()).named(empty.toString()))
        .hasMessageContaining("holds no question");
  }

  @Test
  void mmluIsSplitByItsSubjects() {
    assumeTrue(Files.isDirectory(DATA), "MMLU is not at hand");

    Parts parts = new Datasets(Optional.of(DATA)).named("mmlu").parts(7);

    assertThat(topics(parts.asked())).hasSize(57);
    assertThat(parts.asked().size()).isBetween(2_750, 2_850);
    assertThat(parts.lived()).allMatch(question -> question.split().equals("test"));
    assertThat(ids(parts.lived())).doesNotContainAnyElementsOf(ids(parts.asked()));
  }

  @Test
  void ofSciqTrainAndValidAreLivedThroughWithoutWhatIsAsked() {
    assumeTrue(Files.isDirectory(DATA), "SciQ is not at hand: its licence keeps it out of here");

    Parts parts = new Datasets(Optional.of(DATA)).named("sciq").parts(1);

    assertThat(parts.asked()).hasSize(884);
    assertThat(parts.lived()).hasSize(12_672);
    Set<String> asked = parts.asked().stream().map(Question::normal).collect(Collectors.toSet());
    assertThat(parts.lived()).noneMatch(question -> asked.contains(question.normal()));
  }

  private Dataset file(List<String> lines) throws IOException {
    Path file = Files.write(Files.createTempFile(folder, "questions", ".jsonl"), lines);
    return new Datasets(Optional.empty()).named(file.toString());
  }

  private static Map<String, Long> topics(List<Question> questions) {
    return questions.stream()
        .collect(Collectors.groupingBy(Question::topic, Collectors.counting()));
  }

  private static List<String> ids(List<Question> questions) {
    return questions.stream().map(Question::id).toList();
  }
}
