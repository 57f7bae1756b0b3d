/**
 * Which items answer a query? BM25 over an index that is a projection of the pool and can be thrown
 * away.
 */
@NullMarked
package dev.hone.backend.retrieve;

import org.jspecify.annotations.NullMarked;
