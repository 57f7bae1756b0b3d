/** Which Hone is asked? One in the same process with a data folder of its own, over HTTP only. */
@NullMarked
package dev.hone.lab.server;

import org.jspecify.annotations.NullMarked;
