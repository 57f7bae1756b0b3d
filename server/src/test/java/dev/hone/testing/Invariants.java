package dev.hone.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.backend.store.CommitChain;
import dev.hone.backend.store.Database;
import dev.hone.backend.store.EvidenceSpans;
import dev.hone.backend.store.Histories;
import dev.hone.backend.store.StoredMessages;
import dev.hone.backend.store.Tallies;
import dev.hone.backend.store.Walls;
import dev.hone.port.Check;
import java.util.List;

/**
 * What must hold of every store after every test: the checks of {@code hone doctor} that need no
 * index.
 */
public final class Invariants {

  private Invariants() {}

  /** Fails if one of them does not hold. */
  public static void hold(Database database) {
    for (Check check :
        List.of(
            new StoredMessages(database),
            new CommitChain(database),
            new Histories(database),
            new EvidenceSpans(database),
            new Tallies(database),
            new Walls(database))) {
      assertThat(check.examine(false, (done, of) -> {}).examples()).as(check.name()).isEmpty();
    }
  }
}
