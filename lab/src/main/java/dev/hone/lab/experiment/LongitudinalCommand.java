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

/** What the paper leaves open: how accuracy, storage and cost go over thousands of queries. */
@Command(
    name = "longitudinal",
    description = "Live through a long stream of queries; accuracy, storage and cost over time.",
    mixinStandardHelpOptions = true)
public final class LongitudinalCommand extends ExperimentCommand {

  @Option(
      names = "--queries",
      paramLabel = "N",
      defaultValue = "3000",
      description = "Queries of the stream (3000).")
  private int queries = 3_000;

  @Option(
      names = "--windows",
      paramLabel = "N",
      defaultValue = "10",
      description = "Windows over which is told (10).")
  private int windows = 10;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "50",
      description = "Queries after which is learned from them (50).")
  private int batch = 50;

  @Option(
      names = "--growth",
      paramLabel = "FACTOR",
      defaultValue = "1.5",
      description = "Growth of the pool after which it is refined; 0 for never (1.5).")
  private double growth = 1.5;

  private final List<LivedStream> streams = new ArrayList<>();

  @Override
  ObjectNode own() {
    refuse(queries < windows || windows < 1, "--windows is at least 1, --queries as many.");
    refuse(batch < 1, "--batch is at least 1.");
    refuse(!(growth == 0 || growth > 1), "--growth is 0 or above 1.");
    return JsonNodeFactory.instance
        .objectNode()
        .put("queries", queries)
        .put("windows", windows)
        .put("batch", batch)
        .put("growth", growth);
  }

  @Override
  void run(LabRun run) throws IOException {
    try (JsonLines kept =
        new JsonLines(run.folder().path().resolve("streams.jsonl"), LivedStream.KEY)) {
      for (long seed = 1; seed <= run.options().seeds(); seed++) {
        streams.add(new Streaming(run, queries, windows, batch).live(kept, seed, growth));
      }
    }
  }

  @Override
  Report report(LabRun run) {
    return new LongitudinalReport(run, streams).report();
  }
}
