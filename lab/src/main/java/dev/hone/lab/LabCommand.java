package dev.hone.lab;

import dev.hone.Subcommand;
import dev.hone.lab.data.DataCommand;
import dev.hone.lab.experiment.Bm25Command;
import dev.hone.lab.experiment.ExploreCommand;
import dev.hone.lab.experiment.FrequencyCommand;
import dev.hone.lab.experiment.GeneralizedCommand;
import dev.hone.lab.experiment.LongitudinalCommand;
import dev.hone.lab.experiment.NoiseCommand;
import dev.hone.lab.experiment.PromptsCommand;
import dev.hone.lab.experiment.RefinedCommand;
import dev.hone.lab.experiment.RepetitiveCommand;
import dev.hone.lab.power.PowerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The experiments. */
@Command(
    name = "lab",
    description = "Experiments on a Hone of the lab's own: one folder per run, with a report.",
    mixinStandardHelpOptions = true,
    subcommands = {
      GeneralizedCommand.class,
      RepetitiveCommand.class,
      RefinedCommand.class,
      NoiseCommand.class,
      ExploreCommand.class,
      Bm25Command.class,
      FrequencyCommand.class,
      LongitudinalCommand.class,
      PromptsCommand.class,
      PowerCommand.class,
      DataCommand.class
    })
public final class LabCommand implements Subcommand {

  @Spec private CommandSpec spec;

  /** Says what to do when no experiment is named. */
  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Which experiment? 'hone lab --help' lists them.");
  }
}
