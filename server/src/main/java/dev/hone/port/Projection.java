package dev.hone.port;

import dev.hone.experience.Explanation;
import dev.hone.experience.Query;

/** The search index: a disposable projection of the pool, which stores no text. */
public interface Projection extends Retriever {

  /** Brings the index of a space up to the pool's newest commit; searches from now on see it. */
  void catchUp(String space);

  /**
   * Makes the index of a space anew from the pool: of what the pool does not hold any more, no term
   * is left in any file.
   */
  void renew(String space);

  /**
   * A search, told in full: what {@link #retrieve} gives stands first and is marked {@link
   * Explanation.Verdict#FOUND}.
   */
  Explanation explain(Query query);
}
