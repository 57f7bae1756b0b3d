package dev.hone.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A mean and how sure it is. */
class MeanTest {

  @Test
  void equalValuesDoNotMakeTheMeanCertain() {
    Interval few = Interval.ofMean(Collections.nCopies(10, 1.0), 0, 1);
    assertThat(few.value()).isEqualTo(1);
    assertThat(few.high()).isEqualTo(1);
    assertThat(few.low()).isBetween(0.6, 0.9);
    Interval many = Interval.ofMean(Collections.nCopies(1_000, 1.0), 0, 1);
    assertThat(many.low()).isBetween(0.99, 0.999);
    Interval level = Interval.ofMean(Collections.nCopies(10, 0.0), -1, 1);
    assertThat(level.low()).isEqualTo(-level.high()).isBetween(-0.4, -0.1);
  }

  @Test
  void ofNothingNothingIsSaid() {
    assertThat(Interval.ofMean(List.of(), 0, 1)).isEqualTo(new Interval(0, 0, 1));
  }

  /** For means of many values the interval is that of the normal distribution. */
  @Test
  void ofManyValuesTheIntervalIsNormal() {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      values.add(i % 2 == 0 ? 1.0 : 0.0);
    }
    Interval mean = Interval.ofMean(values, 0, 1);
    assertThat(mean.value()).isEqualTo(0.5);
    double reach = 1.96 * 0.5 / Math.sqrt(400);
    assertThat(mean.low()).isCloseTo(0.5 - reach, within(0.006));
    assertThat(mean.high()).isCloseTo(0.5 + reach, within(0.006));
  }

  @Test
  void theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(5);
    int held = 0;
    for (int run = 0; run < 100; run++) {
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        values.add(random.nextDouble());
      }
      Interval mean = Interval.ofMean(values, 0, 1);
      held += mean.low() <= 0.5 && 0.5 <= mean.high() ? 1 : 0;
    }
    assertThat(held).isBetween(88, 100);
  }
}
