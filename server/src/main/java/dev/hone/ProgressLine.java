package dev.hone;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error, for what takes longer than two seconds. For one thread. */
final class ProgressLine implements Doctor.Progress, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final long started = System.nanoTime();
  private String shown = "";
  private @Nullable ProgressBar bar;

  @Override
  public void at(String check, long done, long of) {
    if (System.nanoTime() - started < PATIENCE.toNanos()) {
      return;
    }
    if (bar == null || !shown.equals(check)) {
      close();
      shown = check;
      bar =
          new ProgressBarBuilder()
              .setTaskName(String.format("%-24s", check))
              .setInitialMax(of)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .setUpdateIntervalMillis(200)
              .setMaxRenderedLength(100)
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .build();
    }
    bar.stepTo(done);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
