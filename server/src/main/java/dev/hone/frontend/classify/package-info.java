/** Which type is this? Items and queries are sorted into topics, which route them. */
@NullMarked
package dev.hone.frontend.classify;

import org.jspecify.annotations.NullMarked;
