package dev.hone.experience;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a search found what it found. All numbers come from the searched space alone; items that the
 * asker may not see neither appear nor are counted by what they say.
 *
 * @param commit the newest commit that the search saw, absent in an empty pool
 * @param sequence its place in the pool's chain, 0 in an empty pool
 * @param documents versions in the index: what the frequencies behind every idf are shares of
 * @param terms what was searched for, rarest first
 * @param mass the sum of the terms' inverse document frequencies
 * @param floor the share of that mass that an item must match
 * @param considered the best items, best first, and what became of each
 */
public record Explanation(
    @Nullable String commit,
    long sequence,
    int documents,
    List<Term> terms,
    double mass,
    double floor,
    List<Considered> considered) {

  public Explanation {
    terms = List.copyOf(terms);
    considered = List.copyOf(considered);
  }

  /** A term of the query. */
  public record Term(String term, double idf) {}

  /**
   * A term that an item matches.
   *
   * @param idf its inverse document frequency, which counts towards coverage
   * @param score what it adds to the item's BM25 score
   */
  public record Matched(String term, double idf, double score) {}

  /** What became of an item. */
  public enum Verdict {
    /** Found. */
    FOUND,
    /** Matches too little of the query. */
    BELOW_FLOOR,
    /** Good enough, but thought to do harm by its outcomes: its worth is 0. */
    DOUBTED,
    /** Of a type that was not searched. */
    OTHER_TYPE,
    /** Good enough, but better ones filled the limit. */
    BEYOND_LIMIT
  }

  /**
   * An item that matches at least one term, and may be seen by the asker.
   *
   * @param worth what its score is multiplied with, by its outcomes; 1 where nothing is known, 0
   *     where it is better not shown
   */
  public record Considered(Hit hit, List<Matched> matched, double worth, Verdict verdict) {
    public Considered {
      matched = List.copyOf(matched);
    }
  }
}
