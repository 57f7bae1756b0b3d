package dev.hone.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The embedded stores, new for each test, in a folder of their own that goes with them. */
public final class EmbeddedStores implements BeforeEachCallback, AfterEachCallback {

  private final InstantSource clock;
  private @Nullable Path folder;
  private @Nullable Stores stores;

  public EmbeddedStores() {
    this(new SettableClock());
  }

  public EmbeddedStores(InstantSource clock) {
    this.clock = clock;
  }

  /** Those of the test that runs. */
  public Stores get() {
    if (stores == null) {
      throw new IllegalStateException("no test runs");
    }
    return stores;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    Path made = Files.createTempDirectory("hone-stores-");
    folder = made;
    stores = Stores.in(made, clock);
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (folder == null) {
      return;
    }
    try {
      get().close();
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
