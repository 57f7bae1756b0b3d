package dev.hone.backend.store;

import dev.hone.port.Pool;
import dev.hone.testing.EmbeddedStores;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pool in SQLite: links. */
class SqlLinksTest extends LinksContract {

  @RegisterExtension final EmbeddedStores stores = new EmbeddedStores();

  @Override
  Pool pool() {
    return stores.get().pool();
  }
}
