package dev.hone.lab.server;

import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows how far work is, on standard error; nothing for little work. For one thread. */
public final class Progress implements AutoCloseable {

  private static final int LITTLE = 100;

  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /** Begins to show it. */
  public static Progress of(String name, long steps) {
    return new Progress(steps <= LITTLE ? null : Work.bar(name, steps));
  }

  /** So much is done. */
  public void at(long done, long of) {
    if (bar != null) {
      bar.maxHint(of);
      bar.stepTo(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
