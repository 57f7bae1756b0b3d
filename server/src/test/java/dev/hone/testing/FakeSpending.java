package dev.hone.testing;

import dev.hone.port.Spending;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** Accounts in memory. */
public final class FakeSpending implements Spending {

  private record Account(String space, LocalDate day) {}

  private final Map<Account, Cost> costs = new HashMap<>();

  @Override
  public Cost on(String space, LocalDate day) {
    return costs.getOrDefault(new Account(space, day), Cost.NONE);
  }

  @Override
  public void add(String space, LocalDate day, Cost cost) {
    costs.merge(new Account(space, day), cost, Cost::plus);
  }
}
