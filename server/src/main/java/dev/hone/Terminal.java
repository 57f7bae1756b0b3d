package dev.hone;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Prints for people: in colour on a terminal only, and without the control characters that what was
 * learned may hold.
 */
record Terminal(PrintWriter out, Ansi ansi) {

  /** One line. */
  void line(String text) {
    out.println(plain(text));
  }

  /** One line in a colour. */
  void line(Style style, String text) {
    out.println(ansi.enabled() ? style.on() + plain(text) + style.off() : plain(text));
  }

  /** A unified diff. */
  void diff(String unified) {
    unified
        .lines()
        .forEach(
            line -> {
              if (line.startsWith("+++") || line.startsWith("---")) {
                line(Style.bold, line);
              } else if (line.startsWith("@@")) {
                line(Style.fg_cyan, line);
              } else if (line.startsWith("+")) {
                line(Style.fg_green, line);
              } else if (line.startsWith("-")) {
                line(Style.fg_red, line);
              } else {
                line(Style.reset, line);
              }
            });
  }

  /** The text with a space in place of each control character. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> Character.isISOControl(point) ? ' ' : point)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }
}
