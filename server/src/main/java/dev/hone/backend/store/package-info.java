/**
 * Where is the truth kept? SQL: the journal of interactions, the episodes, and the pool with its
 * commits.
 */
@NullMarked
package dev.hone.backend.store;

import org.jspecify.annotations.NullMarked;
