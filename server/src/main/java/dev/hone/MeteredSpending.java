package dev.hone;

import dev.hone.port.Spending;
import java.time.LocalDate;

/** Has what is spent measured too. */
record MeteredSpending(Spending spending, Meters meters) implements Spending {

  @Override
  public Cost on(String space, LocalDate day) {
    return spending.on(space, day);
  }

  @Override
  public void add(String space, LocalDate day, Cost cost) {
    spending.add(space, day, cost);
    meters.spent(cost);
  }
}
