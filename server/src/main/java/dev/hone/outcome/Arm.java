package dev.hone.outcome;

/**
 * The values of one arm.
 *
 * @param size how many
 * @param sum of them
 * @param squares the sum of their squares
 */
record Arm(int size, double sum, double squares) {

  static final Arm EMPTY = new Arm(0, 0, 0);

  Arm with(double value) {
    return new Arm(size + 1, sum + value, squares + value * value);
  }

  Arm and(Arm other) {
    return new Arm(size + other.size, sum + other.sum, squares + other.squares);
  }

  /** Their mean, with one value more: the one expected of an arm of which nothing is known. */
  double mean(double expected) {
    return (expected + sum) / (size + 1);
  }

  /** Their variance, with one value more that lies 1/2 off their mean: never 0. */
  double variance() {
    double spread = size == 0 ? 0 : Math.max(0, squares - sum * sum / size);
    return (0.25 + spread) / (size + 1);
  }
}
