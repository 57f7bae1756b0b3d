/**
 * Is this new? By rule, before any model is asked: near-duplicates are merged only when they say
 * the same.
 */
@NullMarked
package dev.hone.backend.admit;

import org.jspecify.annotations.NullMarked;
