package dev.hone.lab.power;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Sessions that open one a moment and close a random while later, so that many overlap. */
final class Timeline {

  private static final double MEAN_DURATION = 10;

  /** A session and the moment at which it closes. */
  private record Open<S>(S session, double until) {}

  private Timeline() {}

  /**
   * Lets sessions happen, all of which close in the end.
   *
   * @param opens makes the session with this number, from 0
   * @param closes hears of each when it closes, in this order
   */
  static <S> void run(
      int sessions, SplittableRandom random, IntFunction<S> opens, Consumer<S> closes) {
    PriorityQueue<Open<S>> open = new PriorityQueue<>(Comparator.comparingDouble(Open::until));
    for (int now = 0; now < sessions; now++) {
      while (!open.isEmpty() && open.peek().until() <= now) {
        closes.accept(open.remove().session());
      }
      open.add(new Open<>(opens.apply(now), now + MEAN_DURATION * random.nextExponential()));
    }
    while (!open.isEmpty()) {
      closes.accept(open.remove().session());
    }
  }
}
