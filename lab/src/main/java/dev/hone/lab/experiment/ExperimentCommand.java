package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.data.BadData;
import dev.hone.lab.report.Report;
import dev.hone.lab.server.Unanswered;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * An experiment on the command line: runs, or goes on, then writes {@code summary.json}, tables,
 * figures and {@code report.html} into its folder.
 */
abstract class ExperimentCommand implements Callable<Integer> {

  @Mixin private ExperimentOptions options = new ExperimentOptions();

  @Spec private CommandSpec spec;

  /** What the result depends on besides the options of every experiment. */
  abstract ObjectNode own();

  /** Does what was not done yet. */
  abstract void run(LabRun run) throws IOException;

  /** What came out. */
  abstract Report report(LabRun run);

  /** Options that make no sense are an error of usage. */
  final void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  @Override
  public Integer call() throws IOException {
    options.check(spec.commandLine());
    PrintWriter err = spec.commandLine().getErr();
    try (LabRun run = LabRun.open(options, spec.name(), own())) {
      run(run);
      Report report = report(run);
      report.write(run.folder());
      PrintWriter out = spec.commandLine().getOut();
      if (options.json()) {
        out.println(report.summary());
      } else {
        out.print(report.text());
        out.println("  The report: " + run.folder().path().resolve("report.html"));
      }
      out.flush();
      return 0;
    } catch (BadData e) {
      err.println("hone: " + e.getMessage());
      return 1;
    } catch (Unanswered | UncheckedIOException e) {
      err.println("hone: " + e.getMessage());
      err.println("What was asked is kept: give the same command again to go on.");
      return 1;
    }
  }
}
