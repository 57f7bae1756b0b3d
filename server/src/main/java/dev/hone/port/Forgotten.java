package dev.hone.port;

import java.util.Collection;
import java.util.Set;

/** Tells what was forgotten, and must not come back. */
@FunctionalInterface
public interface Forgotten {

  /** What an id names. */
  enum Kind {
    INTERACTION,
    ITEM,
    /**
     * Where an imported interaction stood: {@code SOURCE#RECORD#N}, its record {@code
     * SOURCE#RECORD}, or all of the {@code SOURCE}.
     */
    SOURCE
  }

  /** Those of these ids that were forgotten in a space. */
  Set<String> among(String space, Kind kind, Collection<String> ids);
}
