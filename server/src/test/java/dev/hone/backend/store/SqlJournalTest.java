package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Scope;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal in SQLite. */
class SqlJournalTest extends JournalContract {

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

  @Test
  void aMessageIsStoredOnceInEachSpace() {
    Scope mine = scope(SPACE, ANN);
    stores.journal().opened(opening("i1", mine, user("Why?"), user("Why?")));
    stores.journal().opened(opening("i2", mine, user("Why?"), user("How?")));
    stores.journal().opened(opening("i3", scope("other", ANN), user("Why?")));

    assertThat(stores.journal().interaction(SPACE, "i2").orElseThrow().messages())
        .containsExactly(user("Why?"), user("How?"));
    assertThat(
            stores
                .database()
                .<Integer>read(
                    handle ->
                        handle
                            .createQuery("SELECT count(*) FROM message")
                            .mapTo(Integer.class)
                            .one()))
        .isEqualTo(3);
  }
}
