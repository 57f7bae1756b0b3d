/** How sure is it? Intervals, paired tests and calibration. */
@NullMarked
package dev.hone.lab.statistics;

import org.jspecify.annotations.NullMarked;
