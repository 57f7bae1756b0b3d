package dev.hone.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.util.SmallFloat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scores follow the formula of BM25. */
class ScoringTest {

  private final Analysis analysis = new Analysis();
  private final Background background = new Background(analysis);
  private final Bm25 bm25 = new Bm25(1.2, 0.3);
  private final Statistics statistics =
      Statistics.of(background, List.of(List.of("insect", "leg"), List.of("spider", "leg")));
  private final Scoring scoring = new Scoring(analysis, background, statistics, bm25);

  @Test
  void aScoreIsTheSumOverTheTellingTermsOfTheQuery() {
    Scoring.Score score = scoring.score("How many legs has an insect?", "Insects: legs, legs");
    double length = 3;
    double average = statistics.averageLength();
    double leg = statistics.idf("leg") * 2 * 2.2 / (2 + 1.2 * (0.7 + 0.3 * length / average));
    double insect = statistics.idf("insect") * 2.2 / (1 + 1.2 * (0.7 + 0.3 * length / average));

    assertThat(score.value()).isCloseTo(leg + insect, within(1e-9));
    assertThat(score.coverage()).isEqualTo(1);
  }

  @Test
  void coverageIsTheShareOfTheWeightThatIsMatched() {
    double leg = statistics.idf("leg");
    double insect = statistics.idf("insect");

    assertThat(scoring.score("insect legs", "a leg").coverage())
        .isCloseTo(leg / (leg + insect), within(1e-9));
    assertThat(scoring.score("insect legs", "eyes")).isEqualTo(new Scoring.Score(0, 0));
    assertThat(scoring.score("!", "eyes")).isEqualTo(new Scoring.Score(0, 0));
  }

  @Test
  void functionWordsCountWhenThereAreNoOthers() {
    assertThat(scoring.score("who is it", "it is").coverage()).isBetween(0.5, 0.99);
    assertThat(scoring.score("who is the insect", "it is").coverage()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1.2, 0.3", "0, 0.5", "2, 0", "1.2, 1"})
  void aTermWeighsWhatItWeighsInLuceneButForAConstantFactor(double k1, double b) {
    int documents = 50;
    int frequency = 7;
    int words = 600;
    var scorer =
        new BM25Similarity((float) k1, (float) b)
            .scorer(
                1,
                new CollectionStatistics("text", documents, documents, words, words),
                new TermStatistics(new Term("text", "x").bytes(), frequency, frequency));
    double idf = Math.log1p((documents - frequency + 0.5) / (frequency + 0.5));
    for (int length = 1; length <= 40; length++) {
      for (int count = 1; count <= length && count < 6; count++) {
        double ours = idf * new Bm25(k1, b).saturation(count, length, (double) words / documents);
        float lucenes = scorer.score(count, SmallFloat.intToByte4(length));

        assertThat(ours / (k1 + 1)).isCloseTo(lucenes, within(1e-4));
      }
    }
  }

  @Test
  void parametersOutsideTheirRangeAreRefused() {
    assertThatThrownBy(() -> new Bm25(-0.1, 0.3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bm25(1.2, 1.1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bm25(Double.NaN, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
