package dev.hone.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.similarity.SimilarityIndex.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The index finds what a comparison with every vector finds. */
class SimilarityIndexTest {

  private static final Analysis ANALYSIS = new Analysis();

  private static Vectors vectors(RandomTexts texts, int documents) {
    List<List<String>> terms = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      terms.add(ANALYSIS.terms(texts.next()));
    }
    return new Vectors(
        ANALYSIS, Statistics.of(new Background(ANALYSIS), terms), new Bm25(1.2, 0.3));
  }

  private static List<Match<Integer>> bruteForce(
      Map<Integer, TermVector> there, TermVector vector, double least) {
    List<Match<Integer>> matches = new ArrayList<>();
    there.forEach(
        (key, other) -> {
          double similarity = vector.similarity(other);
          if (similarity >= least) {
            matches.add(new Match<>(key, similarity));
          }
        });
    return matches;
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, 0.3, 1",
    "0.3, 0.5, 2",
    "0.3, 0.7, 3",
    "0.3, 0.9, 4",
    "0.5, 0.5, 5",
    "0.7, 0.7, 6",
    "0.9, 0.9, 7",
    "0.5, 0.9, 8"
  })
  void theIndexFindsExactlyWhatBruteForceFinds(double threshold, double least, long seed) {
    RandomTexts texts = new RandomTexts(seed);
    Vectors vectors = vectors(texts, seed % 2 == 0 ? 100 : 3);
    SimilarityIndex<Integer> index = new SimilarityIndex<>(threshold);
    Map<Integer, TermVector> there = new LinkedHashMap<>();
    int found = 0;
    for (int round = 0; round < 600; round++) {
      int key = texts.below(200);
      if (texts.below(4) == 0) {
        index.remove(key);
        there.remove(key);
      } else {
        TermVector vector = vectors.of(texts.next());
        index.put(key, vector);
        there.remove(key);
        there.put(key, vector);
      }
      TermVector probe = vectors.of(texts.next());
      List<Match<Integer>> expected = bruteForce(there, probe, least);
      found += expected.size();

      assertThat(index.probe(probe, least)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(index.size()).isEqualTo(there.size());
    }
    assertThat(found).as("the comparison compared something").isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.9, 1.0})
  void anEqualTextIsFoundAtEveryThreshold(double threshold) {
    RandomTexts texts = new RandomTexts(9);
    Vectors vectors = vectors(texts, 50);
    for (int round = 0; round < 200; round++) {
      String text = texts.next();
      SimilarityIndex<String> index = new SimilarityIndex<>(threshold);
      index.put("it", vectors.of(text));

      assertThat(index.probe(vectors.of(text), threshold)).as(text).hasSize(1);
    }
  }

  @Test
  void theMostSimilarComeFirstAndAmongEqualsTheEarlier() {
    RandomTexts texts = new RandomTexts(4);
    Vectors vectors = vectors(texts, 100);
    SimilarityIndex<Integer> index = new SimilarityIndex<>(0.3);
    for (int key = 0; key < 300; key++) {
      index.put(key, vectors.of(texts.next()));
    }
    for (int round = 0; round < 50; round++) {
      assertThat(index.probe(vectors.of(texts.next()), 0.3))
          .isSortedAccordingTo(
              Comparator.<Match<Integer>>comparingDouble(match -> -match.similarity())
                  .thenComparing(Match::key));
    }
  }

  @Test
  void aKeyHasItsNewestVectorOnly() {
    Vectors vectors = vectors(new RandomTexts(1), 10);
    SimilarityIndex<String> index = new SimilarityIndex<>(0.5);
    index.put("a", vectors.of("amber basil"));
    index.put("a", vectors.of("river stone"));

    assertThat(index.probe(vectors.of("amber basil"), 0.5)).isEmpty();
    assertThat(index.probe(vectors.of("river stone"), 0.5))
        .extracting(Match::key)
        .containsExactly("a");
    assertThat(index.vector("a")).isPresent();
    index.remove("a");
    assertThat(index.vector("a")).isEmpty();
    assertThat(index.probe(vectors.of("river stone"), 0.5)).isEmpty();
  }

  @Test
  void nothingIsLikeAnEmptyText() {
    Vectors vectors = vectors(new RandomTexts(1), 10);
    SimilarityIndex<String> index = new SimilarityIndex<>(0.1);
    index.put("empty", vectors.of(" ! "));
    index.put("a", vectors.of("amber"));

    assertThat(index.probe(vectors.of(""), 0.1)).isEmpty();
    assertThat(index.probe(vectors.of("amber"), 0.1)).extracting(Match::key).containsExactly("a");
  }

  @Test
  void lessThanTheIndexWasMadeForCannotBeAsked() {
    SimilarityIndex<String> index = new SimilarityIndex<>(0.5);
    TermVector vector = vectors(new RandomTexts(1), 1).of("amber");

    assertThatThrownBy(() -> index.probe(vector, 0.49))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SimilarityIndex<String>(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
