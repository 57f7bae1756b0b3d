/** Which backend answers for which type, and how long may it take? */
@NullMarked
package dev.hone.network;

import org.jspecify.annotations.NullMarked;
