package dev.hone.backend.store;

import dev.hone.port.ClosedSessions;
import dev.hone.testing.EmbeddedStores;
import dev.hone.testing.Stores;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions that are over, in SQLite. */
class SqlClosedSessionsTest extends ClosedSessionsContract {

  @RegisterExtension final EmbeddedStores stores = new EmbeddedStores();

  @Override
  Stores stores() {
    return stores.get();
  }

  @Override
  ClosedSessions closedSessions() {
    return new SqlClosedSessions(stores.get().database());
  }
}
