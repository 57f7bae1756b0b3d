package dev.hone.bench;

import dev.hone.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmarks, each a command of its own. */
@Command(
    name = "bench",
    description = "Measure Hone against a baseline of the same run.",
    mixinStandardHelpOptions = true,
    subcommands = {EpisodesBench.class, LearningBench.class})
public final class BenchCommand implements Subcommand {

  @Spec private CommandSpec spec;

  /** Says what to do when no benchmark is named. */
  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "episodes or learning?");
  }
}
