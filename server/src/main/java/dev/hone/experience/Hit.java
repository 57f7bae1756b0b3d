package dev.hone.experience;

/**
 * An item found for a query.
 *
 * @param experience the item
 * @param score its BM25 score: comparable within one result only
 * @param coverage the share of the query's idf mass that the item matches, in [0, 1]
 */
public record Hit(Experience experience, double score, double coverage) {}
