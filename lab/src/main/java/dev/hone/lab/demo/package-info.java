/** The smallest experiment: a story in six steps, then one measured run. */
@NullMarked
package dev.hone.lab.demo;

import org.jspecify.annotations.NullMarked;
