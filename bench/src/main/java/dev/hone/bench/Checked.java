package dev.hone.bench;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Whether a figure is what was asked for. */
final class Checked {

  private Checked() {}

  /**
   * Whether a figure is at most that; if not, says so where errors go.
   *
   * @param most absent when nothing was asked for
   */
  static boolean atMost(CommandSpec spec, String what, double figure, @Nullable Double most) {
    if (most == null || figure <= most) {
      return true;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.printf("%s is %.3f, above %s%n", what, figure, most);
    err.flush();
    return false;
  }
}
