package dev.hone.backend.store;

import dev.hone.port.Spending;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What learning cost, in SQLite. */
class SqlSpendingTest extends SpendingContract {

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
  Spending spending() {
    return stores.spending();
  }
}
