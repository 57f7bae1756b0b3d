package dev.hone.port;

import java.util.List;

/** Knows secrets when it sees them: keys, tokens, passwords. */
@FunctionalInterface
public interface Secrets {

  /**
   * A secret in a text.
   *
   * @param start where it begins
   * @param end where it has ended
   * @param kind what it is, in lower-case letters, digits, dots, underscores and hyphens
   */
  record Span(int start, int end, String kind) {
    public Span {
      if (start < 0 || end <= start) {
        throw new IllegalArgumentException("a secret has a length");
      }
      if (!kind.matches("[a-z0-9._-]+")) {
        throw new IllegalArgumentException("not a kind: " + kind);
      }
    }
  }

  /**
   * The secrets of a text, in order, none overlapping another. Any text can be asked for; the time
   * it takes is bounded by its length.
   */
  List<Span> in(String text);
}
