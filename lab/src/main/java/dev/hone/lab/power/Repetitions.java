package dev.hone.lab.power;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Histories that differ in their seed alone, as many at a time as there are processors.
 *
 * @param count of them
 * @param seed of the first; each has the next
 * @param made runs when one has been made, on any thread
 */
record Repetitions(int count, long seed, Runnable made) {

  /** One history of each seed, in the order of the seeds. */
  <T> List<T> of(LongFunction<T> history) {
    return LongStream.range(seed, seed + count)
        .parallel()
        .mapToObj(
            each -> {
              T done = history.apply(each);
              made.run();
              return done;
            })
        .toList();
  }
}
