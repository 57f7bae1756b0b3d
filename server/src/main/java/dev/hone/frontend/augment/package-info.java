/** How is experience told to the model? As a block of data at the tail of a user message. */
@NullMarked
package dev.hone.frontend.augment;

import org.jspecify.annotations.NullMarked;
