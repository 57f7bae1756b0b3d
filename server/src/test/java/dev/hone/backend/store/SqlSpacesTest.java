package dev.hone.backend.store;

import dev.hone.port.Spaces;
import dev.hone.testing.EmbeddedStores;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The spaces in SQLite. */
class SqlSpacesTest extends SpacesContract {

  @RegisterExtension final EmbeddedStores stores = new EmbeddedStores();

  @Override
  Spaces spaces() {
    return stores.get().spaces();
  }
}
