package dev.hone.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Which of many hypotheses are rejected at level 0.05. */
class DiscoveriesTest {

  private static final double LEVEL = 0.05;

  @Test
  void ofOneHypothesisTheEValueMustReachOneOverTheLevel() {
    assertThat(Discoveries.among(Map.of("a", 19.9), LEVEL)).isEmpty();
    assertThat(Discoveries.among(Map.of("a", 20.0), LEVEL)).containsExactly("a");
    assertThat(Discoveries.among(Map.of(), LEVEL)).isEmpty();
  }

  /** Of 4, the strongest alone must reach 80, two 40, three 80/3. */
  @Test
  void theMoreAreStrongTheLessEachMustReach() {
    assertThat(Discoveries.among(Map.of("a", 79.0, "b", 39.0, "c", 1.0, "d", 1.0), LEVEL))
        .isEmpty();
    assertThat(Discoveries.among(Map.of("a", 81.0, "b", 39.0, "c", 1.0, "d", 1.0), LEVEL))
        .containsExactly("a");
    assertThat(Discoveries.among(Map.of("a", 50.0, "b", 40.0, "c", 1.0, "d", 1.0), LEVEL))
        .containsExactly("a", "b");
    assertThat(Discoveries.among(Map.of("a", 30.0, "b", 28.0, "c", 27.0, "d", 1.0), LEVEL))
        .as("none would do alone, nor two")
        .containsExactly("a", "b", "c");
  }

  /**
   * E-values of true hypotheses that come to 20 as often as they may (one in twenty times): many
   * are there by chance, but no more than the level of those that are chosen.
   */
  @Test
  void theShareOfFalseDiscoveriesStaysBelowTheLevel() {
    SplittableRandom random = new SplittableRandom(1);
    int repetitions = 2_000;
    double shares = 0;
    for (int i = 0; i < repetitions; i++) {
      Map<Integer, Double> evidence = new HashMap<>();
      for (int item = 0; item < 100; item++) {
        double least = 1 - random.nextDouble();
        evidence.put(item, item < 10 ? 1_000.0 : 0.5 / Math.sqrt(least));
      }
      var found = Discoveries.among(evidence, LEVEL);
      assertThat(found).contains(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      shares += (found.size() - 10.0) / found.size();
    }
    assertThat(shares / repetitions).isLessThanOrEqualTo(LEVEL);
  }
}
