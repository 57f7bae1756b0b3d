package dev.hone.lab.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Does many things at a time, at most so many at once, behind a progress bar on standard error. */
public final class Work {

  private final int parallel;

  /**
   * @param parallel things at once
   */
  public Work(int parallel) {
    this.parallel = parallel;
  }

  /**
   * Applies a function to every item; the results in the order of the items. What has not begun
   * when one fails does not begin.
   *
   * @throws IllegalStateException if one failed
   */
  public <T, R> List<R> each(String name, List<T> items, Function<T, R> work) {
    if (items.isEmpty()) {
      return List.of();
    }
    try (ProgressBar bar = bar(name, items.size());
        ExecutorService executor = Executors.newFixedThreadPool(parallel)) {
      List<Future<R>> futures = new ArrayList<>();
      for (T item : items) {
        futures.add(
            executor.submit(
                () -> {
                  R result = work.apply(item);
                  bar.step();
                  return result;
                }));
      }
      return results(futures, executor);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Unanswered unanswered) {
        throw unanswered;
      }
      throw new IllegalStateException(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static <R> List<R> results(List<Future<R>> futures, ExecutorService executor)
      throws ExecutionException, InterruptedException {
    boolean done = false;
    try {
      List<R> results = new ArrayList<>();
      for (Future<R> future : futures) {
        results.add(future.get());
      }
      done = true;
      return results;
    } finally {
      if (!done) {
        executor.shutdownNow();
      }
    }
  }

  /** A progress bar. */
  public static ProgressBar bar(String name, long steps) {
    return new ProgressBarBuilder()
        .setTaskName(String.format("%-22s", name))
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .setUpdateIntervalMillis(200)
        .setMaxRenderedLength(100)
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .build();
  }
}
