/**
 * Hone: an experience layer for deployed language models. {@link dev.hone.Inference} is the online
 * path, {@link dev.hone.Learning} the offline one; {@link dev.hone.Server} puts everything
 * together.
 */
@NullMarked
package dev.hone;

import org.jspecify.annotations.NullMarked;
