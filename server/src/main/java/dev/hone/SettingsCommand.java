package dev.hone;

import dev.hone.config.SettingsReference;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists all settings. */
@Command(
    name = "settings",
    description = "List all settings with their defaults.",
    mixinStandardHelpOptions = true)
final class SettingsCommand implements Callable<Integer> {

  @Option(names = "--markdown", description = "Print the table of docs/settings.md.")
  private boolean markdown;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (markdown) {
      out.print(markdown());
    } else {
      for (SettingsReference.Entry entry : SettingsReference.entries()) {
        out.printf("%-22s %-14s %s%n", entry.key(), entry.standard(), entry.says());
      }
    }
    out.flush();
    return 0;
  }

  /** All settings as a Markdown table. */
  static String markdown() {
    StringBuilder table =
        new StringBuilder("| setting | default | what it does |\n|---|---|---|\n");
    for (SettingsReference.Entry entry : SettingsReference.entries()) {
      table
          .append("| `")
          .append(entry.key())
          .append("` | ")
          .append(entry.standard().isEmpty() ? "" : "`" + entry.standard() + "`")
          .append(" | ")
          .append(entry.says())
          .append(" |\n");
    }
    return table.toString();
  }
}
