package dev.hone.experience;

import java.util.Set;

/**
 * A search of one pool.
 *
 * @param space the pool
 * @param principal who asks; sees own candidates besides what is active
 * @param text the words searched for
 * @param types the types searched; empty for all
 * @param sequence the pool is seen as of this commit; {@link #HEAD} for now
 * @param limit hits wanted at most
 * @param exclude ids never wanted
 * @param ofType hits wanted at most of one type
 * @param conversation what random draws are frozen by; empty where nothing is to be drawn
 */
public record Query(
    String space,
    String principal,
    String text,
    Set<String> types,
    long sequence,
    int limit,
    Set<String> exclude,
    Limits ofType,
    String conversation) {

  /** The pool as it stands now. */
  public static final long HEAD = Long.MAX_VALUE;

  public Query {
    types = Set.copyOf(types);
    exclude = Set.copyOf(exclude);
    if (limit < 1) {
      throw new IllegalArgumentException("a query wants at least one hit");
    }
  }

  /** A search that wants no fewer hits of one type than of another. */
  public Query(
      String space,
      String principal,
      String text,
      Set<String> types,
      long sequence,
      int limit,
      Set<String> exclude) {
    this(space, principal, text, types, sequence, limit, exclude, Limits.of(limit));
  }

  /** A search for which nothing is drawn. */
  public Query(
      String space,
      String principal,
      String text,
      Set<String> types,
      long sequence,
      int limit,
      Set<String> exclude,
      Limits ofType) {
    this(space, principal, text, types, sequence, limit, exclude, ofType, "");
  }

  public Query ofTypes(Set<String> others) {
    return new Query(
        space, principal, text, others, sequence, limit, exclude, ofType, conversation);
  }
}
