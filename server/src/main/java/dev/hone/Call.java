package dev.hone;

import dev.hone.experience.Mode;
import dev.hone.experience.Pin;
import dev.hone.experience.Scope;
import dev.hone.port.Upstream;
import dev.hone.wire.ModelRequest;

/**
 * One request to be answered.
 *
 * @param asked what is asked
 * @param wire the request as it came
 * @param scope where it belongs
 * @param mode what is to be done with it
 * @param pin the pool is seen as of this commit
 * @param arrived {@code System.nanoTime()} when it came
 */
public record Call(
    ModelRequest asked, Upstream.Request wire, Scope scope, Mode mode, Pin pin, long arrived) {}
