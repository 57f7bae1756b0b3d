/** Real questions, told again in other words: what becomes one item, and what stays two. */
@NullMarked
package dev.hone.backend.duplicates;

import org.jspecify.annotations.NullMarked;
