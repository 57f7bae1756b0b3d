package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Scope;
import dev.hone.testing.EmbeddedStores;
import dev.hone.testing.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The journal in SQLite. */
class SqlJournalTest extends JournalContract {

  @RegisterExtension final EmbeddedStores stores = new EmbeddedStores();

  @Override
  Stores stores() {
    return stores.get();
  }

  @Test
  void aMessageIsStoredOnceInEachSpace() {
    Scope mine = scope(SPACE, ANN);
    stores.get().journal().opened(opening("i1", mine, user("Why?"), user("Why?")));
    stores.get().journal().opened(opening("i2", mine, user("Why?"), user("How?")));
    stores.get().journal().opened(opening("i3", scope("other", ANN), user("Why?")));

    assertThat(stores.get().journal().interaction(SPACE, "i2").orElseThrow().messages())
        .containsExactly(user("Why?"), user("How?"));
    assertThat(
            stores
                .get()
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
