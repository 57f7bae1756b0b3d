/** What came out? Tables, figures, one summary and one page. */
@NullMarked
package dev.hone.lab.report;

import org.jspecify.annotations.NullMarked;
