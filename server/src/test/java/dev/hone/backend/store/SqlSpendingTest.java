package dev.hone.backend.store;

import dev.hone.port.Spending;
import dev.hone.testing.EmbeddedStores;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What learning cost, in SQLite. */
class SqlSpendingTest extends SpendingContract {

  @RegisterExtension final EmbeddedStores stores = new EmbeddedStores();

  @Override
  protected Spending spending() {
    return stores.get().spending();
  }
}
