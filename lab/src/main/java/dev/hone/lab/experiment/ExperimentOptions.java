package dev.hone.lab.experiment;

import dev.hone.lab.data.Dataset;
import dev.hone.lab.data.Datasets;
import dev.hone.lab.server.LabHone;
import dev.hone.lab.server.RemoteModel;
import dev.hone.lab.server.Work;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What every experiment can be told. */
public final class ExperimentOptions {

  @Option(
      names = "--dataset",
      paramLabel = "NAME|FILE",
      defaultValue = "bundled",
      description = "bundled, sciq, mmlu, or a file of JSON Lines of questions (bundled).")
  private String dataset = "bundled";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder that holds the files of a named data set.")
  private @Nullable Path data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description =
          "Folder of the run. A run that was stopped goes on when the same command is given again.")
  private Path out = Path.of("");

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often it is repeated, with seeds 1 to N (3).")
  private int seeds = 3;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "At most N questions asked, and 10 N lived through; repetitive asks 200 unless told.")
  private @Nullable Integer limit;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "2",
      description = "Questions asked at a time (2).")
  private int parallel = 2;

  @Option(
      names = "--upstream",
      paramLabel = "URL",
      description =
          "OpenAI-compatible server that answers and distills; its key in HONE_UPSTREAM_KEY and"
              + " HONE_LEARNING_KEY. Without it, the built-in lexical reader.")
  private @Nullable String upstream;

  @Option(names = "--model", paramLabel = "M", description = "The model asked there.")
  private @Nullable String model;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the Hone that is tried, such as retrieval.k=3; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--keep-pools", description = "Keep the data folders of what was lived through.")
  private boolean keepPools;

  @Option(
      names = "--json",
      description = "Print the summary as one JSON object on standard output, all else on error.")
  private boolean json;

  void check(CommandLine command) {
    refuse(command, (upstream == null) != (model == null), "--upstream and --model go together.");
    refuse(command, seeds < 1, "--seeds is at least 1.");
    refuse(command, parallel < 1 || parallel > 256, "--parallel lies between 1 and 256.");
    refuse(command, limit != null && limit < 1, "--limit is at least 1.");
  }

  private static void refuse(CommandLine command, boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(command, message);
    }
  }

  /** The data set. */
  public Dataset dataset() {
    return new Datasets(Optional.ofNullable(data)).named(dataset);
  }

  /** Folder of the run. */
  public Path out() {
    return out;
  }

  /** Seeds 1 to this. */
  public int seeds() {
    return seeds;
  }

  /** Most questions asked, if that is limited. */
  public OptionalInt limit() {
    return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
  }

  /** Who answers and distills, unless it is the built-in model. */
  public Optional<RemoteModel> model() {
    return upstream == null || model == null
        ? Optional.empty()
        : Optional.of(new RemoteModel(upstream, model));
  }

  /** Its name. */
  public String modelName() {
    return model == null ? LabHone.BUILTIN : model;
  }

  /** Does as much at a time as is allowed. */
  public Work work() {
    return new Work(parallel);
  }

  /** Settings of the Hone that is tried. */
  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  /** Whether pools stay when a seed is done. */
  public boolean keepPools() {
    return keepPools;
  }

  boolean json() {
    return json;
  }
}
