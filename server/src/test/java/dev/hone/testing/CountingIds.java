package dev.hone.testing;

import dev.hone.port.Ids;

/** Identifiers in order: {@code id-0001}, {@code id-0002}, … */
public final class CountingIds implements Ids {

  private int last;

  @Override
  public String next() {
    return String.format("id-%04d", ++last);
  }
}
