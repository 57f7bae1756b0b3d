package dev.hone.lab.data;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The data sets that experiments use: what there is, and getting it. */
@Command(
    name = "data",
    description = "Data sets: what there is, and downloading from their authors.",
    mixinStandardHelpOptions = true,
    subcommands = {DataGetCommand.class, DataListCommand.class})
public final class DataCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what: get NAME, or list.");
  }
}
