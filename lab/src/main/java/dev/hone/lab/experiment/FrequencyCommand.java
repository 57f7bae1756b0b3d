package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.report.Report;
import dev.hone.lab.run.JsonLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the paper leaves open: how often to refine, and what that costs and gains. */
@Command(
    name = "frequency",
    description = "Live through one stream with other growth factors of refinement.",
    mixinStandardHelpOptions = true)
public final class FrequencyCommand extends ExperimentCommand {

  private static final int WINDOWS = 5;

  @Option(
      names = "--queries",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Queries of the stream (1000).")
  private int queries = 1_000;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "25",
      description = "Queries after which is learned from them (25).")
  private int batch = 25;

  @Option(
      names = "--growths",
      split = ",",
      paramLabel = "FACTOR",
      defaultValue = "0,3,2,1.5,1.2,1.05",
      description =
          "Growth of the pool after which it is refined, above 1; 0 for never (${DEFAULT-VALUE}).")
  private List<Double> growths = List.of();

  private final List<LivedStream> streams = new ArrayList<>();

  @Override
  ObjectNode own() {
    refuse(queries < WINDOWS, "--queries is at least " + WINDOWS + ".");
    refuse(batch < 1, "--batch is at least 1.");
    refuse(
        growths.stream().anyMatch(growth -> !(growth == 0 || growth > 1)),
        "--growths are 0 or above 1.");
    ObjectNode own =
        JsonNodeFactory.instance.objectNode().put("queries", queries).put("batch", batch);
    growths.forEach(own.putArray("growths")::add);
    return own;
  }

  @Override
  void run(LabRun run) throws IOException {
    try (JsonLines kept =
        new JsonLines(run.folder().path().resolve("streams.jsonl"), LivedStream.KEY)) {
      for (long seed = 1; seed <= run.options().seeds(); seed++) {
        for (double growth : growths) {
          streams.add(new Streaming(run, queries, WINDOWS, batch).live(kept, seed, growth));
        }
      }
    }
  }

  @Override
  Report report(LabRun run) {
    return new FrequencyReport(run, growths, streams).report();
  }
}
