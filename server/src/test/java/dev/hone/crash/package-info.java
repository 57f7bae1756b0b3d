/** Does what was acknowledged survive? Killed processes, full disks, traced system calls. */
@NullMarked
package dev.hone.crash;

import org.jspecify.annotations.NullMarked;
