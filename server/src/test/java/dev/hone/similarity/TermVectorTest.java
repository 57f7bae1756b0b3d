package dev.hone.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Similarity is symmetric and lies in [0, 1]. */
class TermVectorTest {

  private final Analysis analysis = new Analysis();
  private final Background background = new Background(analysis);
  private final Bm25 bm25 = new Bm25(1.2, 0.3);
  private final Vectors vectors =
      new Vectors(
          analysis,
          Statistics.of(
              background, List.of(List.of("amber", "basil"), List.of("amber", "cedar", "cedar"))),
          bm25);

  @Test
  void similarityIsSymmetricAndLiesBetweenZeroAndOne() {
    RandomTexts texts = new RandomTexts(5);
    for (int round = 0; round < 500; round++) {
      TermVector one = vectors.of(texts.next());
      TermVector other = vectors.of(texts.next());

      assertThat(one.similarity(other)).isEqualTo(other.similarity(one)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void equalTextsAreFullySimilarAndForeignOnesNotAtAll() {
    TermVector text = vectors.of("amber basil cedar unknown");

    assertThat(text.similarity(vectors.of("Unknown cedar, basil, amber!")))
        .isCloseTo(1, within(1e-6));
    assertThat(text.similarity(vectors.of("something else"))).isZero();
    assertThat(text.similarity(vectors.of(""))).isZero();
    assertThat(vectors.of("").isEmpty()).isTrue();
  }

  @Test
  void theSimilarityIsTheCosineOfTheDocumentedWeights() {
    Statistics statistics = vectors.statistics();
    double average = statistics.averageLength();
    double amber = Math.sqrt(statistics.idf("amber"));
    double basil = Math.sqrt(statistics.idf("basil"));
    double one = amber * bm25.saturation(1, 2, average);
    double two = basil * bm25.saturation(1, 2, average);
    double twice = amber * bm25.saturation(2, 2, average);

    assertThat(vectors.of("amber basil").similarity(vectors.of("amber amber")))
        .isCloseTo(one * twice / (Math.hypot(one, two) * twice), within(1e-6));
  }

  @Test
  void aRareCommonWordMakesMoreSimilarThanAFrequentOne() {
    TermVector text = vectors.of("the cedar");

    assertThat(text.similarity(vectors.of("one cedar")))
        .isGreaterThan(text.similarity(vectors.of("the one")));
  }

  @Test
  void ranksAscendFromRareToFrequent() {
    TermVector text = vectors.of("amber basil never-seen");

    assertThat(text.ranks).isSorted().hasSize(4).hasSameSizeAs(text.weights);
    assertThat(text.ranks[text.ranks.length - 1]).isEqualTo(2);
  }
}
