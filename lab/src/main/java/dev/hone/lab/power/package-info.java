/**
 * How many sessions does it take? Simulated deployments whose truth is known, judged as {@code
 * dev.hone.outcome} judges real ones.
 */
@NullMarked
package dev.hone.lab.power;

import org.jspecify.annotations.NullMarked;
