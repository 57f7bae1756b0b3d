package dev.hone.backend.store;

import dev.hone.port.Keys;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The keys in SQLite. */
class SqlKeysTest extends KeysContract {

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock();
  private Stores stores;

  @BeforeEach
  void open() {
    stores = Stores.in(folder, clock);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Override
  Keys keys() {
    return stores.keys();
  }

  @Override
  Keys reopened() {
    return new SqlKeys(stores.database(), clock, Runnable::run);
  }

  @Override
  void advance(Duration time) {
    clock.advance(time);
  }
}
