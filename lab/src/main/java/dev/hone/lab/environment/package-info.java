/**
 * What does an agent act in? Environments in the style of Gymnasium (Towers et al. 2024): reset,
 * step, observation, reward, terminated, truncated.
 */
@NullMarked
package dev.hone.lab.environment;

import org.jspecify.annotations.NullMarked;
