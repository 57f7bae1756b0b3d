/** What can be asked over HTTP? The server, its guard, and the answers to bad requests. */
@NullMarked
package dev.hone.http;

import org.jspecify.annotations.NullMarked;
