/** What keeps experience? The backend: it admits, stores, finds and refines. */
@NullMarked
package dev.hone.backend;

import org.jspecify.annotations.NullMarked;
