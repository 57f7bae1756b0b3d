package dev.hone.backend.store;

import dev.hone.port.Pool;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The pool in SQLite: links. */
class SqlLinksTest extends LinksContract {

  @TempDir private Path folder;
  private Stores stores;

  @BeforeEach
  void open() {
    stores = Stores.in(folder, new SettableClock());
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Override
  Pool pool() {
    return stores.pool();
  }
}
