package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.Server;
import dev.hone.lab.arm.Arms;
import dev.hone.lab.arm.Examination;
import dev.hone.lab.arm.FirstAnswers;
import dev.hone.lab.data.Dataset;
import dev.hone.lab.data.Parts;
import dev.hone.lab.run.RunFolder;
import dev.hone.lab.server.HoneClient;
import dev.hone.lab.server.LabHone;
import dev.hone.lab.server.LabSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** One run of an experiment: its options, its data and its folder. */
public final class LabRun implements AutoCloseable {

  private final ExperimentOptions options;
  private final Dataset dataset;
  private final ObjectNode settings;
  private final RunFolder folder;

  private LabRun(
      ExperimentOptions options, Dataset dataset, ObjectNode settings, RunFolder folder) {
    this.options = options;
    this.dataset = dataset;
    this.settings = settings;
    this.folder = folder;
  }

  /**
   * Begins a run, or goes on with it.
   *
   * @param experiment its name
   * @param own what its result depends on besides the options of every experiment
   */
  static LabRun open(ExperimentOptions options, String experiment, ObjectNode own)
      throws IOException {
    Dataset dataset = options.dataset();
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings
        .put("experiment", experiment)
        .put("dataset", dataset.name())
        .put("data", dataset.parts(1).fingerprint())
        .put("model", options.modelName())
        .put("seeds", options.seeds());
    options.limit().ifPresent(limit -> settings.put("limit", limit));
    settings.setAll(own);
    ObjectNode set = settings.putObject("set");
    new TreeMap<>(options.settings()).forEach(set::put);
    settings.put("hone", Server.version());
    return new LabRun(options, dataset, settings, RunFolder.open(options.out(), settings));
  }

  /** What the result depends on: {@code run.json}. */
  public ObjectNode settings() {
    return settings.deepCopy();
  }

  /** The options. */
  public ExperimentOptions options() {
    return options;
  }

  /** Where the questions come from. */
  public Dataset dataset() {
    return dataset;
  }

  /** What is lived through and asked with this seed. */
  public Parts parts(long seed) {
    Parts parts = dataset.parts(seed);
    return options.limit().isPresent() ? parts.limited(options.limit().getAsInt()) : parts;
  }

  /** The folder. */
  public RunFolder folder() {
    return folder;
  }

  /**
   * Starts the Hone of a pool; it finds there what it lived through before the run was stopped.
   *
   * @param own settings besides those of the command line, which outweigh them
   */
  public LabHone start(String pool, Map<String, String> own) {
    Map<String, String> all = new LinkedHashMap<>(own);
    all.putAll(options.settings());
    return LabHone.start(folder.pool(pool), options.model(), all);
  }

  /** A pool is done with. */
  public void done(String pool) throws IOException {
    if (!options.keepPools()) {
      folder.drop(pool);
    }
  }

  /** Makes the arms of a seed. */
  public Arms arms(HoneClient client, long seed) {
    int budget =
        LabSettings.of(folder.path(), options.model(), options.settings()).retrieval().tokens();
    return new Arms(client, options.model().isPresent(), folder.sheets(), budget, seed);
  }

  /** What the model says at first. */
  public FirstAnswers firstAnswers(HoneClient client) {
    return new FirstAnswers(folder.lived(), client.as("visitor"), options.work());
  }

  /** Asks. */
  public Examination examination() {
    return new Examination(folder, options.work());
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
