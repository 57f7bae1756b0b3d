package dev.hone.backend.store;

/**
 * What still has to be learned from, in SQL. What was learned from is by far the most, and no query
 * here reads it.
 */
final class Waiting {

  /** Interactions to be learned from that are in no episode yet. */
  static final String UNBUFFERED = "state = 'COMPLETED' AND episode IS NULL AND answer IS NOT NULL";

  /** Where these are read, and nothing else. */
  private static final String UNBUFFERED_ONLY = "interaction INDEXED BY interaction_unbuffered";

  /**
   * Of what gathers the oldest, of what is closed the one that is due first, of what is in no
   * episode the oldest.
   */
  static final String SINCE =
      "SELECT min(t) FROM (SELECT min(last_at) t FROM episode WHERE state = 'OPEN' AND state IN"
          + " ('OPEN', 'CLOSED') UNION ALL SELECT * FROM (SELECT last_at FROM episode WHERE state ="
          + " 'CLOSED' AND due_at <= :now ORDER BY due_at, id LIMIT 1) UNION ALL SELECT * FROM"
          + " (SELECT completed_at FROM "
          + UNBUFFERED_ONLY
          + " WHERE "
          + UNBUFFERED
          + " ORDER BY id LIMIT 1))";

  static final String BACKLOG =
      "SELECT (SELECT count(*) FROM "
          + UNBUFFERED_ONLY
          + " WHERE "
          + UNBUFFERED
          + " AND (:space IS NULL OR space = :space)) + (SELECT count(*) FROM episode WHERE state"
          + " IN ('OPEN', 'CLOSED') AND (:space IS NULL OR space = :space))";

  static final String LEARNED_UNTIL =
      "SELECT NOT EXISTS (SELECT 1 FROM "
          + UNBUFFERED_ONLY
          + " WHERE "
          + UNBUFFERED
          + " AND space = :space AND completed_at <= :until) AND NOT EXISTS (SELECT 1 FROM episode"
          + " e JOIN interaction i ON i.episode = e.id WHERE e.state IN ('OPEN', 'CLOSED') AND"
          + " e.space = :space AND i.completed_at <= :until)";

  private Waiting() {}
}
