package dev.hone.lab.experiment;

import dev.hone.lab.data.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Queries as they come to a deployed model: some questions often, most of them seldom. Drawn by
 * Zipf's law (exponent 1) over the questions in an order that the seed says.
 */
final class QueryStream {

  private final List<Question> order;
  private final double[] cumulated;
  private final Random random;

  /**
   * @param questions with an answer each; at least one
   */
  QueryStream(List<Question> questions, long seed) {
    this.random = new Random(seed);
    this.order = new ArrayList<>(questions);
    Collections.shuffle(order, random);
    this.cumulated = new double[order.size()];
    double sum = 0;
    for (int rank = 0; rank < cumulated.length; rank++) {
      sum += 1.0 / (rank + 1);
      cumulated[rank] = sum;
    }
  }

  /** The next so many. */
  List<Question> next(int count) {
    List<Question> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double at = random.nextDouble() * cumulated[cumulated.length - 1];
      int low = 0;
      int high = cumulated.length - 1;
      while (low < high) {
        int middle = (low + high) / 2;
        if (cumulated[middle] > at) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      drawn.add(order.get(low));
    }
    return drawn;
  }
}
