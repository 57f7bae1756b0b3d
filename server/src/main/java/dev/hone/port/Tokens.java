package dev.hone.port;

/** Estimates what a text costs in a prompt. */
@FunctionalInterface
public interface Tokens {
  int count(String text);
}
