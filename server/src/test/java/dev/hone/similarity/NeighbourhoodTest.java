package dev.hone.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Within one epoch similarities stand still; an epoch ends when the pool has doubled. */
class NeighbourhoodTest {

  private final Analysis analysis = new Analysis();
  private final RandomTexts texts = new RandomTexts(3);

  private Neighbourhood of(int size) {
    Map<String, String> there = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      there.put("old-" + i, texts.next());
    }
    return Neighbourhood.of(analysis, new Background(analysis), new Bm25(1.2, 0.3), 0.3, there);
  }

  @ParameterizedTest
  @CsvSource({"0, 32", "10, 32", "16, 32", "17, 34", "50, 100"})
  void anEpochIsOutgrownWhenThePoolHasDoubled(int size, int end) {
    Neighbourhood neighbours = of(size);
    for (int i = size; i < end - 1; i++) {
      neighbours.put("new-" + i, texts.next());
    }

    assertThat(neighbours.outgrown()).isFalse();
    neighbours.put("last", texts.next());
    assertThat(neighbours.size()).isEqualTo(end);
    assertThat(neighbours.outgrown()).isTrue();
  }

  @Test
  void removalsCountAgainstGrowth() {
    Neighbourhood neighbours = of(20);
    for (int i = 0; i < 20; i++) {
      neighbours.remove("old-" + i);
      neighbours.put("new-" + i, texts.next());
    }

    assertThat(neighbours.outgrown()).isFalse();
    assertThat(neighbours.statistics().documents()).isEqualTo(20);
  }

  @Test
  void whatWasRemovedTakesRoomUntilItIsMoreThanWhatIsLeft() {
    Neighbourhood neighbours = of(20);
    for (int i = 0; i < 33; i++) {
      assertThat(neighbours.outgrown()).isFalse();
      neighbours.put("passing", texts.next());
      neighbours.remove("passing");
    }

    assertThat(neighbours.outgrown()).isTrue();
    assertThat(neighbours.size()).isEqualTo(20);
  }

  @Test
  void similaritiesDoNotMoveWithinAnEpoch() {
    Neighbourhood neighbours = of(40);
    TermVector before = neighbours.vector("amber river words-of-no-epoch");
    double known = before.similarity(neighbours.vector("amber stone"));
    double unknown = before.similarity(neighbours.vector("amber words-of-no-epoch"));
    for (int i = 0; i < 200; i++) {
      neighbours.put("new-" + i, texts.next() + " word" + i);
    }
    TermVector after = neighbours.vector("amber river words-of-no-epoch");

    assertThat(after.similarity(neighbours.vector("amber stone"))).isEqualTo(known);
    assertThat(before.similarity(neighbours.vector("amber words-of-no-epoch"))).isEqualTo(unknown);
    assertThat(after.ranks).isEqualTo(before.ranks);
  }

  @Test
  void whatWasPutIsNearItself() {
    Neighbourhood neighbours = of(5);
    neighbours.put("it", "violet willow zinc");

    assertThat(neighbours.near(neighbours.vector("zinc, violet willow"), 0.9))
        .extracting(SimilarityIndex.Match::key)
        .contains("it");
    assertThat(neighbours.vectorOf("it")).isPresent();
    assertThat(neighbours.vectorOf("nobody")).isEmpty();
  }
}
