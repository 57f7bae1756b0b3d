package dev.hone.lab.server;

import dev.hone.Server;
import dev.hone.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Hone with a data folder of its own, which is deleted when it is closed, or when the process is
 * asked to stop.
 */
public final class TemporaryHone implements AutoCloseable {

  private final Path folder;
  private volatile boolean stopping;
  private @Nullable Server server;
  private boolean closed;

  private TemporaryHone(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts one.
   *
   * @param settings what it is set to, given its folder
   */
  public static TemporaryHone start(Function<Path, Settings> settings) throws IOException {
    TemporaryHone hone = new TemporaryHone(Files.createTempDirectory("hone-demo-"));
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(hone::stop));
    boolean started = false;
    try {
      hone.serve(settings);
      started = true;
      return hone;
    } finally {
      if (!started) {
        hone.close();
      }
    }
  }

  private synchronized void serve(Function<Path, Settings> settings) {
    if (closed) {
      throw new IllegalStateException("stopped before it started");
    }
    server = Server.start(settings.apply(folder));
  }

  /** Where it listens. */
  public synchronized String url() {
    if (server == null) {
      throw new IllegalStateException("it is closed");
    }
    return server.url();
  }

  private void stop() {
    stopping = true;
    close();
  }

  /** Whether the process was asked to stop. */
  public boolean stopping() {
    return stopping;
  }

  /** Closes it; again does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (server != null) {
      server.close();
      server = null;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be deleted", e);
    }
  }
}
