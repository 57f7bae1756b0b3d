/** What is kept of a run? A folder of records from which a killed run goes on. */
@NullMarked
package dev.hone.lab.run;

import org.jspecify.annotations.NullMarked;
