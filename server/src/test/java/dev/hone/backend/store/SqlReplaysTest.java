package dev.hone.backend.store;

import dev.hone.port.Replays;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The answers in SQLite. */
class SqlReplaysTest extends ReplaysContract {

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
  Replays replays() {
    return new SqlReplays(stores.database());
  }

  @Override
  Stores stores() {
    return stores;
  }
}
