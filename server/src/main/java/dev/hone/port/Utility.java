package dev.hone.port;

import dev.hone.experience.Query;

/** What items are worth, by the outcomes of the sessions that found them. */
public interface Utility {

  /** Nothing is known of any item. */
  Utility UNKNOWN = (query, experience, version) -> 1;

  /**
   * What an item's score is multiplied with for a query, at least 0; 1 where nothing is known, 0
   * where it is better not shown. Two queries of one conversation are told the same as long as no
   * more is known.
   */
  double factor(Query query, String experience, int version);
}
