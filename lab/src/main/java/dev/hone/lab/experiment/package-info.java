/** Which experiments are there? One command each. */
@NullMarked
package dev.hone.lab.experiment;

import org.jspecify.annotations.NullMarked;
