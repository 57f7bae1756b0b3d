package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.answered;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.port.Episodes;
import dev.hone.port.Retention.Limits;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retention in SQLite. */
class SqlRetentionTest extends RetentionContract {

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
  void theFileShrinksAndHoldsNothingOfWhatWent() throws IOException {
    for (int i = 0; i < 40; i++) {
      String id = "i" + i;
      stores
          .journal()
          .recorded(
              opening(id, scope(SPACE, ANN), user(("lever V7 of rig " + i + " ").repeat(5_000))),
              answered(assistant("Yes " + i)),
              List.of());
      stores
          .episodes()
          .put(
              List.of(
                  new Episodes.Place(
                      "e" + i, stores.journal().interaction(SPACE, id).orElseThrow())));
      stores.episodes().close(List.of("e" + i), START);
      stores
          .episodes()
          .nothingLearned(stores.episodes().episode(SPACE, "e" + i).orElseThrow(), "none");
    }
    stores.close();
    long before = Files.size(folder.resolve("hone.db"));
    assertThat(Files.readString(folder.resolve("hone.db"), ISO_8859_1)).contains("lever V7");
    open();

    Limits limits = new Limits(Duration.ofDays(1), 0);
    while (!stores.retention().step(limits, START.plus(Duration.ofDays(2))).idle()) {
      assertThat(stores.retention().size()).isPositive();
    }
    stores.close();

    assertThat(Files.size(folder.resolve("hone.db"))).isLessThan(before / 2);
    assertThat(Files.readString(folder.resolve("hone.db"), ISO_8859_1)).doesNotContain("lever V7");
    open();
  }
}
