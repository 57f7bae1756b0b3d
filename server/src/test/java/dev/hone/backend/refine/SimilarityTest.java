package dev.hone.backend.refine;

import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Experience;
import dev.hone.experience.Refinement.Measure;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.similarity.Neighbourhood;
import dev.hone.similarity.Scoring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each measure finds every pair at or above the threshold, once. */
class SimilarityTest {

  private static final int ITEMS = 120;
  private static final List<String> WORDS =
      List.of("tulip", "violet", "iris", "lilac", "quartz", "amber", "jade", "opal", "the", "of");

  private static List<Experience> items(long seed) {
    Random random = new Random(seed);
    List<Experience> items = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      String text =
          random
              .ints(3 + random.nextInt(9), 0, WORDS.size())
              .mapToObj(WORDS::get)
              .collect(Collectors.joining(" "));
      items.add(item("item-%03d".formatted(i), fact(text, text), 1));
    }
    return items;
  }

  @ParameterizedTest
  @CsvSource({
    "NORMALISED, 0.5, 1",
    "NORMALISED, 0.8, 2",
    "RAW, 2, 3",
    "RAW, 4, 4",
    "RAW, 6, 5",
    "RAW, 9, 6"
  })
  void thePairsAreThoseOfComparingAllWithAll(Measure measure, double threshold, long seed) {
    List<Experience> items = items(seed);
    Analysis analysis = new Analysis();
    Background background = new Background(analysis);
    Bm25 bm25 = new Bm25(1.2, 0.3);
    Map<String, String> texts = new LinkedHashMap<>();
    items.forEach(item -> texts.put(item.id(), item.lesson().text()));
    Neighbourhood neighbours = Neighbourhood.of(analysis, background, bm25, 0.5, texts);
    Similarity measured =
        Similarity.by(
            measure, neighbours, new Scoring(analysis, background, neighbours.statistics(), bm25));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      for (int j = i + 1; j < ITEMS; j++) {
        double similarity = measured.of(items.get(i), items.get(j));
        if (similarity >= threshold) {
          expected.add(i + "~" + j + " " + similarity);
        }
      }
    }

    List<String> found = new ArrayList<>();
    measured.pairs(
        items,
        threshold,
        (one, other, similarity) -> found.add(one + "~" + other + " " + similarity));

    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(expected)
        .as("there are some, and not all")
        .hasSizeBetween(10, ITEMS * (ITEMS - 1) / 2 - 10);
  }
}
