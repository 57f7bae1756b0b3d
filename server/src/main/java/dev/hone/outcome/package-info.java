/**
 * Did it help? What people and environments say about answers, tied to the interactions it speaks
 * of.
 */
@NullMarked
package dev.hone.outcome;

import org.jspecify.annotations.NullMarked;
