/** Frontend, redact: keys, tokens and passwords are taken out before anything is learned. */
@NullMarked
package dev.hone.frontend.redact;

import org.jspecify.annotations.NullMarked;
