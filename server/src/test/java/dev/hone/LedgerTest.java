package dev.hone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.backend.store.SpendingContract;
import dev.hone.port.Spending;
import dev.hone.port.Spending.Cost;
import dev.hone.port.Unwritable;
import dev.hone.testing.FakeSpending;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Times are added up first and written later. */
class LedgerTest extends SpendingContract {

  private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);

  private final FakeSpending kept = new FakeSpending();
  private final Ledger ledger = new Ledger(kept);

  @Override
  protected Spending spending() {
    return ledger;
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  void timesAreKnownAtOnceAndWrittenLater() {
    ledger.add("main", MONDAY, Cost.distilling(millis(30)));
    ledger.add("main", MONDAY, Cost.keeping(millis(20)));
    ledger.add("main", MONDAY, Cost.searching(millis(10)));
    Cost all = new Cost(0, 0, millis(30), millis(20), millis(10));

    assertThat(ledger.on("main", MONDAY)).isEqualTo(all);
    assertThat(ledger.on("other", MONDAY)).isEqualTo(Cost.NONE);
    assertThat(kept.on("main", MONDAY)).isEqualTo(Cost.NONE);
    ledger.write();
    assertThat(kept.on("main", MONDAY)).isEqualTo(all);
    assertThat(ledger.on("main", MONDAY)).isEqualTo(all);
    ledger.write();
    assertThat(kept.on("main", MONDAY)).isEqualTo(all);
  }

  @Test
  void callsAndTokensAreWrittenAtOnce() {
    ledger.add("main", MONDAY, Cost.call(70));

    assertThat(kept.on("main", MONDAY)).isEqualTo(Cost.call(70));
  }

  @Test
  void theRestIsWrittenAtTheEnd() {
    ledger.add("main", MONDAY, Cost.searching(millis(2)));
    ledger.close();
    assertThat(kept.on("main", MONDAY)).isEqualTo(Cost.searching(millis(2)));
  }

  @Test
  void whatTheDiskRefusedIsWrittenTheNextTime() {
    boolean[] full = {true};
    Ledger careful =
        new Ledger(
            new Spending() {
              @Override
              public Cost on(String space, LocalDate day) {
                return kept.on(space, day);
              }

              @Override
              public void add(String space, LocalDate day, Cost cost) {
                if (full[0]) {
                  throw new Unwritable(Unwritable.Reason.FULL, "no room", null);
                }
                kept.add(space, day, cost);
              }
            });
    careful.add("main", MONDAY, Cost.searching(millis(50)));

    careful.write();
    assertThat(kept.on("main", MONDAY)).isEqualTo(Cost.NONE);
    assertThat(careful.on("main", MONDAY)).isEqualTo(Cost.searching(millis(50)));
    full[0] = false;
    careful.write();
    assertThat(kept.on("main", MONDAY)).isEqualTo(Cost.searching(millis(50)));
  }
}
