/** What can be set? Every setting once: default, description and check in one place. */
@NullMarked
package dev.hone.config;

import org.jspecify.annotations.NullMarked;
