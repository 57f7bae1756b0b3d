package dev.hone.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.experience.Hit;
import dev.hone.experience.Query;
import dev.hone.experience.Refinement;
import dev.hone.port.Spending.Cost;
import dev.hone.testing.FakeBackend;
import dev.hone.testing.FakeSpending;
import dev.hone.testing.Samples;
import dev.hone.testing.SettableClock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a backend does is charged to the space for which it does it. */
class ChargedBackendTest {

  private static final LocalDate TODAY = LocalDate.ofInstant(Samples.START, ZoneOffset.UTC);

  private final FakeSpending spending = new FakeSpending();
  private long worked;

  private final ChargedBackend backend =
      new ChargedBackend(
          new FakeBackend() {
            @Override
            public List<Hit> retrieve(Query query) {
              worked += Duration.ofMillis(3).toNanos();
              return List.of();
            }

            @Override
            public Refinement refine(String space, boolean dryRun, String author, String reason) {
              worked += Duration.ofMillis(500).toNanos();
              throw new IllegalStateException("broken");
            }

            @Override
            public void settle(String space) {
              worked += Duration.ofMillis(20).toNanos();
            }
          },
          spending,
          () -> worked,
          new SettableClock());

  @Test
  void searchesAreChargedAsSuch() {
    Query query = new Query("main", "ann", "How many legs?", Set.of(), Query.HEAD, 5, Set.of());

    assertThat(backend.retrieve(query)).isEmpty();
    assertThat(spending.on("main", TODAY)).isEqualTo(Cost.searching(Duration.ofMillis(3)));
  }

  @Test
  void whatBreaksIsChargedToo() {
    assertThatThrownBy(() -> backend.refine("main", false, "learning", "growth"))
        .hasMessage("broken");
    backend.settle("main");

    assertThat(spending.on("main", TODAY)).isEqualTo(Cost.keeping(Duration.ofMillis(520)));
  }
}
