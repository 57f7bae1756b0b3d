package dev.hone.lab.power;

import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Histories that differ in their seed alone, as many at a time as there are processors, behind one
 * progress bar on standard error.
 */
final class Repetitions implements AutoCloseable {

  private final int count;
  private final long seed;
  private final ProgressBar bar;

  /**
   * @param count of histories at a time
   * @param seed of the first; each has the next
   * @param times how often this many are wanted in all
   */
  Repetitions(int count, long seed, int times) {
    this.count = count;
    this.seed = seed;
    this.bar =
        new ProgressBarBuilder()
            .setTaskName("histories")
            .setInitialMax((long) count * times)
            .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
            .setUpdateIntervalMillis((int) Duration.ofMillis(200).toMillis())
            .setMaxRenderedLength(100)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build();
  }

  /** One history of each seed, in the order of the seeds. */
  <T> List<T> of(LongFunction<T> history) {
    return LongStream.range(seed, seed + count)
        .parallel()
        .mapToObj(
            each -> {
              T made = history.apply(each);
              bar.step();
              return made;
            })
        .toList();
  }

  @Override
  public void close() {
    bar.close();
  }
}
