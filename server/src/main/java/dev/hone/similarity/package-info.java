/**
 * How texts are compared: terms, statistics, vectors, and the index that finds near neighbours.
 * Pure computation.
 */
@NullMarked
package dev.hone.similarity;

import org.jspecify.annotations.NullMarked;
