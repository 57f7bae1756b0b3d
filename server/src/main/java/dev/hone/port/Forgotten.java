package dev.hone.port;

import java.util.Collection;
import java.util.Set;

/** Tells what was forgotten, and must not come back. */
@FunctionalInterface
public interface Forgotten {

  /** What can be known to be forgotten. */
  enum Kind {
    /** An interaction, by its id. */
    INTERACTION,
    /** An item, by its id. */
    ITEM,
    /** A version of an item that stays, by {@code ITEM/VERSION}. */
    VERSION,
    /** Some of what an item rests on or ever rested on, by the item's id. */
    EVIDENCE,
    /** An imported interaction, by {@code SOURCE#RECORD#N}. */
    SOURCE,
    /** What a principal said of an interaction that stays, by {@code INTERACTION/PRINCIPAL}. */
    OUTCOME
  }

  /** Those of these ids that are forgotten. */
  Set<String> forgotten(String space, Kind kind, Collection<String> ids);
}
