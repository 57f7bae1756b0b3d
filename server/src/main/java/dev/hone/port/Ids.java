package dev.hone.port;

/** Makes identifiers: unique, and ordered by time (UUID version 7, RFC 9562). */
@FunctionalInterface
public interface Ids {
  String next();
}
