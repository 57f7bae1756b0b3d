/** Does the whole work? Real servers, real sockets, real clients; the model alone is a stub. */
@NullMarked
package dev.hone.e2e;

import org.jspecify.annotations.NullMarked;
