/**
 * Does experience make an agent earn more? An agent acts in an {@linkplain dev.hone.lab.environment
 * environment} through the gateway, and learns from what it earns.
 */
@NullMarked
package dev.hone.lab.explore;

import org.jspecify.annotations.NullMarked;
