/** How do applications come in? The OpenAI protocol, passed through. */
@NullMarked
package dev.hone.http.gateway;

import org.jspecify.annotations.NullMarked;
