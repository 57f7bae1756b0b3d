package dev.hone.backend.store;

import dev.hone.port.Replays;
import dev.hone.testing.EmbeddedStores;
import dev.hone.testing.Stores;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The answers in SQLite. */
class SqlReplaysTest extends ReplaysContract {

  @RegisterExtension final EmbeddedStores stores = new EmbeddedStores();

  @Override
  Replays replays() {
    return new SqlReplays(stores.get().database());
  }

  @Override
  Stores stores() {
    return stores.get();
  }
}
