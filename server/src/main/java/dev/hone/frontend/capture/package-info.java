/** What happened? Raw interactions, made durable; conversations recognised without being asked. */
@NullMarked
package dev.hone.frontend.capture;

import org.jspecify.annotations.NullMarked;
