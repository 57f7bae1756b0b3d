/** What do all doors share? Reading requests, telling who asks, saying what is wrong. */
@NullMarked
package dev.hone.http.exchange;

import org.jspecify.annotations.NullMarked;
