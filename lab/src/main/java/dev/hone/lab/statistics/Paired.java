package dev.hone.lab.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Two arms compared on the same questions. A question asked with several seeds is one cluster, and
 * clusters are what is drawn: the figures speak about other questions of the kind, with pools as
 * these seeds made them.
 *
 * @param difference of the accuracies, in [-1, 1]
 * @param low lower end of its 95 % interval, by the paired bootstrap over clusters (Efron and
 *     Tibshirani 1993, percentiles of {@value #DRAWS} draws); where all clusters differ alike, of
 *     which it makes nothing, as if each arm had won one question more (Bonett and Price 2012)
 * @param high its upper end
 * @param p how likely a difference as large is when the arms are interchangeable on each question,
 *     by a randomisation test that swaps them per cluster (Fisher 1935; {@value #DRAWS} draws)
 * @param wins pairs which the first arm alone had right
 * @param losses pairs which the second alone had right
 * @param questions distinct questions
 */
public record Paired(
    double difference, double low, double high, double p, int wins, int losses, int questions) {

  static final int DRAWS = 10_000;

  /** Whether each arm was right, once. */
  public record Pair(boolean first, boolean second) {
    /** 1 when the first alone was right, -1 when the second alone was, else 0. */
    public int difference() {
      return (first ? 1 : 0) - (second ? 1 : 0);
    }
  }

  /** Compares; of each question the pairs of all seeds. */
  public static Paired of(List<List<Pair>> clusters) {
    int n = clusters.size();
    int[] differences = new int[n];
    int[] sizes = new int[n];
    int wins = 0;
    int losses = 0;
    for (int i = 0; i < n; i++) {
      for (Pair pair : clusters.get(i)) {
        differences[i] += pair.difference();
        sizes[i]++;
        wins += pair.difference() > 0 ? 1 : 0;
        losses += pair.difference() < 0 ? 1 : 0;
      }
    }
    double total = Arrays.stream(sizes).sum();
    if (total == 0) {
      return new Paired(0, -1, 1, 1, 0, 0, 0);
    }
    double difference = Arrays.stream(differences).sum() / total;
    Interval told = Interval.around(difference, bootstrap(differences, sizes));
    if (told.low() == told.high()) {
      told = Interval.ofEqual(difference, n, -1, 1);
    }
    return new Paired(
        difference, told.low(), told.high(), randomised(differences), wins, losses, n);
  }

  private static double[] bootstrap(int[] differences, int[] sizes) {
    SplittableRandom random = new SplittableRandom(Interval.SEED);
    double[] drawn = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      long sum = 0;
      long size = 0;
      for (int i = 0; i < differences.length; i++) {
        int picked = random.nextInt(differences.length);
        sum += differences[picked];
        size += sizes[picked];
      }
      drawn[draw] = (double) sum / size;
    }
    return drawn;
  }

  private static double randomised(int[] differences) {
    SplittableRandom random = new SplittableRandom(Interval.SEED);
    int[] moving = Arrays.stream(differences).filter(each -> each != 0).toArray();
    int observed = Math.abs(Arrays.stream(differences).sum());
    int asLarge = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      int sum = 0;
      for (int each : moving) {
        sum += random.nextBoolean() ? each : -each;
      }
      asLarge += Math.abs(sum) >= observed ? 1 : 0;
    }
    return (asLarge + 1.0) / (DRAWS + 1.0);
  }

  /**
   * How likely wins and losses as uneven are when both arms are equally good: the exact test of
   * McNemar (1947), for questions asked once.
   */
  public static double mcNemar(int wins, int losses) {
    return wins + losses == 0
        ? 1
        : BinomialTest.withDefaults()
            .with(AlternativeHypothesis.TWO_SIDED)
            .test(wins + losses, wins, 0.5)
            .getPValue();
  }
}
