package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Outcome;
import dev.hone.port.Sessions;
import dev.hone.testing.EmbeddedStores;
import dev.hone.testing.Samples;
import dev.hone.testing.Stores;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions in SQLite. */
class SqlSessionsTest extends SessionsContract {

  @RegisterExtension final EmbeddedStores stores = new EmbeddedStores();

  @Override
  Stores stores() {
    return stores.get();
  }

  @Override
  Sessions sessions() {
    return new SqlSessions(stores.get().database());
  }

  @Test
  void whatWasImportedCountsForNothing() {
    stores.get().journal().opened(opening("i1", scope(SPACE, ANN), user("?")));
    stores
        .get()
        .journal()
        .outcome(SPACE, new Outcome("o", "i1", "reward", 1.0, null, null, ANN, Samples.START));
    stores
        .get()
        .database()
        .write(handle -> handle.execute("UPDATE interaction SET source = 'file 1'"));

    assertThat(sessions().judged(SPACE, List.of("reward"), Instant.EPOCH, null, 10)).isEmpty();
  }
}
