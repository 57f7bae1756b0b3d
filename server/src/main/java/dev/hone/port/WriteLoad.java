package dev.hone.port;

import java.time.Duration;

/** How far the one who writes is behind. */
@FunctionalInterface
public interface WriteLoad {

  /**
   * What waits to be written.
   *
   * @param writes how many, those being written included
   * @param oldest how long the one that came first has been waiting; zero when none does
   */
  record Load(int writes, Duration oldest) {}

  Load load();
}
