/**
 * What answers when no model is configured? A lexical reader: no language model. It sees nothing
 * but its prompt.
 */
@NullMarked
package dev.hone.model.builtin;

import org.jspecify.annotations.NullMarked;
