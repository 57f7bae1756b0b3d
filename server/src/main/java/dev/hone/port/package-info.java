/**
 * The ports: what each stage needs from the others and from the world. Small, total, each with one
 * contract test that every implementation passes.
 */
@NullMarked
package dev.hone.port;

import org.jspecify.annotations.NullMarked;
