package dev.hone.lab;

import dev.hone.Subcommand;
import dev.hone.lab.experiment.GeneralizedCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The experiments. */
@Command(
    name = "lab",
    description = "Experiments on a Hone of the lab's own: one folder per run, with a report.",
    mixinStandardHelpOptions = true,
    subcommands = GeneralizedCommand.class)
public final class LabCommand implements Subcommand {

  @Spec private CommandSpec spec;

  /** Says what to do when no experiment is named. */
  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Which experiment? 'hone lab --help' lists them.");
  }
}
