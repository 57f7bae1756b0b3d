/**
 * The vocabulary: what Hone speaks of, as records and sealed types. Imports nothing else of Hone's.
 */
@NullMarked
package dev.hone.experience;

import org.jspecify.annotations.NullMarked;
