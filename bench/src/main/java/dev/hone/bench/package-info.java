/** How fast is it? Benchmarks that print ratios to a baseline of the same run. */
@NullMarked
package dev.hone.bench;

import org.jspecify.annotations.NullMarked;
