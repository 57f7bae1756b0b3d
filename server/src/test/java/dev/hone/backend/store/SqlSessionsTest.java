package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Outcome;
import dev.hone.port.Sessions;
import dev.hone.testing.Samples;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions in SQLite. */
class SqlSessionsTest extends SessionsContract {

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
  Stores stores() {
    return stores;
  }

  @Override
  Sessions sessions() {
    return new SqlSessions(stores.database());
  }

  @Test
  void whatWasImportedCountsForNothing() {
    stores.journal().opened(opening("i1", scope(SPACE, ANN), user("?")));
    stores
        .journal()
        .outcome(SPACE, new Outcome("o", "i1", "reward", 1.0, null, null, ANN, Samples.START));
    stores.database().write(handle -> handle.execute("UPDATE interaction SET source = 'file 1'"));

    assertThat(sessions().judged(SPACE, List.of("reward"), Instant.EPOCH, null, 10)).isEmpty();
  }
}
