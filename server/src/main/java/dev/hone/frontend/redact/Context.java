package dev.hone.frontend.redact;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must stand near a candidate, or must not, for it to be a secret. */
sealed interface Context {

  /** Nothing is asked for. */
  Context ANY = new Every(List.of());

  /**
   * Whether it is so.
   *
   * @param window the part of the text that is looked at
   * @param candidate the possible secret
   */
  boolean holds(CharSequence text, Range window, Range candidate);

  /** A part of a text, {@code end} not included. */
  record Range(int start, int end) {}

  /** All of these hold. */
  record Every(List<Context> parts) implements Context {
    @Override
    public boolean holds(CharSequence text, Range window, Range candidate) {
      return parts.stream().allMatch(part -> part.holds(text, window, candidate));
    }
  }

  /** At least one of these holds. */
  record Either(List<Context> parts) implements Context {
    @Override
    public boolean holds(CharSequence text, Range window, Range candidate) {
      return parts.stream().anyMatch(part -> part.holds(text, window, candidate));
    }
  }

  /** None of these holds. */
  record Not(List<Context> parts) implements Context {
    @Override
    public boolean holds(CharSequence text, Range window, Range candidate) {
      return parts.stream().noneMatch(part -> part.holds(text, window, candidate));
    }
  }

  /** Where a pattern is looked for. */
  enum Side {
    BEFORE,
    AFTER,
    AROUND
  }

  /**
   * Something stands on a side of it.
   *
   * @param characters how far away at most, in characters
   * @param lines how far away at most, in lines
   */
  record Near(Pattern pattern, Side side, int characters, int lines) implements Context {

    @Override
    public boolean holds(CharSequence text, Range window, Range candidate) {
      int from = side == Side.AFTER ? candidate.end : before(text, window.start, candidate.start);
      int to = side == Side.BEFORE ? candidate.start : after(text, window.end, candidate.end);
      Matcher matcher = pattern.matcher(text);
      matcher.region(from, to).useTransparentBounds(true);
      while (matcher.find()) {
        int gap = Math.max(candidate.start - matcher.end(), matcher.start() - candidate.end);
        if (gap <= characters) {
          return true;
        }
      }
      return false;
    }

    /** The start of the line that lies so many lines before. */
    private int before(CharSequence text, int start, int position) {
      int left = lines;
      int at = position;
      while (at > start) {
        if (text.charAt(at - 1) == '\n' && --left < 0) {
          break;
        }
        at--;
      }
      return at;
    }

    private int after(CharSequence text, int end, int position) {
      int left = lines;
      int at = position;
      while (at < end) {
        if (text.charAt(at) == '\n' && --left < 0) {
          break;
        }
        at++;
      }
      return at;
    }
  }
}
