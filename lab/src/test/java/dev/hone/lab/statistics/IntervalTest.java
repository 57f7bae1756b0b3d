package dev.hone.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Figures and how sure they are. */
class IntervalTest {

  private static Map<String, Double> mean(List<Double> values) {
    return Map.of("mean", values.stream().mapToDouble(each -> each).average().orElseThrow());
  }

  private static Interval of(List<List<Double>> clusters) {
    return Interval.of(clusters, IntervalTest::mean).get("mean");
  }

  private static List<List<Double>> halves(int clusters, int each) {
    List<List<Double>> values = new ArrayList<>();
    for (int i = 0; i < clusters; i++) {
      values.add(Collections.nCopies(each, i % 2 == 0 ? 1.0 : 0.0));
    }
    return values;
  }

  @Test
  void ofManyClustersTheIntervalIsNormal() {
    Interval told = of(halves(400, 1));
    double reach = 1.96 * 0.5 / Math.sqrt(400);
    assertThat(told.value()).isEqualTo(0.5);
    assertThat(told.low()).isCloseTo(0.5 - reach, within(0.01));
    assertThat(told.high()).isCloseTo(0.5 + reach, within(0.01));
  }

  /** Clusters are drawn whole: the same said four times is not four times as sure. */
  @Test
  void whatIsSaidAgainIsNoNews() {
    assertThat(of(halves(100, 4))).isEqualTo(of(halves(100, 1)));
  }

  @Test
  void theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(7);
    int held = 0;
    for (int run = 0; run < 200; run++) {
      List<List<Double>> clusters = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        double here = random.nextDouble();
        clusters.add(List.of(here, here, (here + random.nextDouble()) / 2));
      }
      Interval told = of(clusters);
      held += told.low() <= 0.5 && 0.5 <= told.high() ? 1 : 0;
    }
    assertThat(held).isBetween(178, 200);
  }

  @Test
  void whatCannotBeToldIsLeftOut() {
    assertThat(Interval.of(List.<List<Double>>of(), any -> Map.of())).isEmpty();
    Map<String, Interval> told =
        Interval.of(
            halves(2, 1),
            values -> values.contains(0.0) && values.contains(1.0) ? mean(values) : Map.of());
    assertThat(told).containsExactly(Map.entry("mean", new Interval(0.5, 0.5, 0.5)));
  }
}
