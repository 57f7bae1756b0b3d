/** What belongs together? Interactions that share meaning are buffered into episodes. */
@NullMarked
package dev.hone.frontend.episode;

import org.jspecify.annotations.NullMarked;
