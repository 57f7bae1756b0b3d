/** What can be said with fewer items? Pairs, groups, condensation, proof. */
@NullMarked
package dev.hone.backend.refine;

import org.jspecify.annotations.NullMarked;
