/** Which models are there? The upstream that answers, the learning model, and the built-in one. */
@NullMarked
package dev.hone.model;

import org.jspecify.annotations.NullMarked;
