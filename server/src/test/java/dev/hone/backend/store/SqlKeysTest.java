package dev.hone.backend.store;

import dev.hone.port.Keys;
import dev.hone.testing.EmbeddedStores;
import dev.hone.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The keys in SQLite. */
class SqlKeysTest extends KeysContract {

  private final SettableClock clock = new SettableClock();
  @RegisterExtension final EmbeddedStores stores = new EmbeddedStores(clock);

  @Override
  Keys keys() {
    return stores.get().keys();
  }

  @Override
  Keys reopened() {
    return new SqlKeys(stores.get().database(), clock, Runnable::run);
  }

  @Override
  void advance(Duration time) {
    clock.advance(time);
  }
}
