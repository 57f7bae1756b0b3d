/**
 * The OpenAI protocol as bytes: reading without re-serialising, and reassembling streamed answers.
 * Pure functions.
 */
@NullMarked
package dev.hone.wire;

import org.jspecify.annotations.NullMarked;
