package dev.hone;

import java.util.concurrent.Callable;

/**
 * A command that another module adds to {@code hone}: found with {@link java.util.ServiceLoader},
 * made by picocli.
 */
public interface Subcommand extends Callable<Integer> {}
