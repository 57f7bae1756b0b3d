package dev.hone.backend.store;

import dev.hone.testing.EmbeddedStores;
import dev.hone.testing.Stores;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pool in SQLite: commits. */
class SqlCommitsTest extends CommitsContract {

  @RegisterExtension final EmbeddedStores stores = new EmbeddedStores();

  @Override
  Stores stores() {
    return stores.get();
  }
}
