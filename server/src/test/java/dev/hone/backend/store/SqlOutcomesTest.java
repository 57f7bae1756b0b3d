package dev.hone.backend.store;

import dev.hone.testing.EmbeddedStores;
import dev.hone.testing.Stores;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The journal in SQLite: outcomes. */
class SqlOutcomesTest extends OutcomesContract {

  @RegisterExtension final EmbeddedStores stores = new EmbeddedStores();

  @Override
  Stores stores() {
    return stores.get();
  }
}
