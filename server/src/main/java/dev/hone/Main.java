package dev.hone;

import dev.hone.config.InvalidSettings;
import java.io.PrintWriter;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 done, 1 failed, 2 used wrongly. */
@Command(
    name = "hone",
    description = "An experience layer for deployed language models.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      ServeCommand.class,
      RefineCommand.class,
      LearningCommand.class,
      ForgetCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      PoolCommand.class,
      AlarmsCommand.class,
      LiftCommand.class,
      CalibrationCommand.class,
      CostsCommand.class,
      DoctorCommand.class,
      KeysCommand.class,
      SettingsCommand.class,
      VersionCommand.class
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  /** Says what to do when no command is given. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line with all commands on the class path. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    for (Subcommand command : ServiceLoader.load(Subcommand.class)) {
      line.addSubcommand(command);
    }
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          PrintWriter err = command.getErr();
          if (e instanceof InvalidSettings || e instanceof CommandFailed) {
            err.println("hone: " + e.getMessage());
          } else {
            err.println("hone: failed: " + e);
            e.printStackTrace(err);
          }
          return 1;
        });
    return line;
  }

  /** The version of the running build. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"hone " + Server.version()};
    }
  }
}
