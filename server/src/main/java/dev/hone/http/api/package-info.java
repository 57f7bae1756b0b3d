/** How do people and programs look at Hone itself? The native REST interface. */
@NullMarked
package dev.hone.http.api;

import org.jspecify.annotations.NullMarked;
