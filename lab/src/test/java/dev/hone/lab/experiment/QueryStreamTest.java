package dev.hone.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lab.data.Question;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Queries as they come: some often, most seldom. */
class QueryStreamTest {

  private static final List<Question> QUESTIONS =
      IntStream.range(0, 50)
          .mapToObj(i -> new Question("q" + i, "", "", "Question " + i + "?", List.of(), "yes"))
          .toList();

  @Test
  void theMostFrequentComesAboutTwiceAsOftenAsTheSecond() {
    Map<String, Long> counts =
        new QueryStream(QUESTIONS, 3)
            .next(20_000).stream()
                .map(Question::id)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    List<Long> sorted = counts.values().stream().sorted((a, b) -> Long.compare(b, a)).toList();
    assertThat((double) sorted.get(0) / sorted.get(1)).isBetween(1.8, 2.2);
    assertThat((double) sorted.get(0) / sorted.get(9)).isBetween(8.0, 12.5);
    assertThat(counts).hasSize(50);
  }

  @Test
  void theSameSeedGivesTheSameStream() {
    assertThat(new QueryStream(QUESTIONS, 3).next(100))
        .isEqualTo(new QueryStream(QUESTIONS, 3).next(100))
        .isNotEqualTo(new QueryStream(QUESTIONS, 4).next(100));
  }
}
