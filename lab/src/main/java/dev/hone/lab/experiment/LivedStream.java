package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.statistics.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * A stream of queries that was lived through: a line of {@code streams.jsonl}.
 *
 * @param growth by which the pool had to grow before it was refined; 0 for never
 * @param windows in order
 */
record LivedStream(long seed, double growth, List<StreamWindow> windows) {

  /** The fields by which one is found again. */
  static final List<String> KEY = List.of("seed", "growth");

  ObjectNode line() {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("seed", seed)
            .put("growth", String.valueOf(growth));
    ArrayNode each = line.putArray("windows");
    windows.forEach(window -> each.add(window.line()));
    return line;
  }

  static LivedStream of(JsonNode line) {
    List<StreamWindow> windows = new ArrayList<>();
    line.path("windows").forEach(window -> windows.add(StreamWindow.of(window)));
    return new LivedStream(line.path("seed").asLong(), line.path("growth").asDouble(), windows);
  }

  private static int queries(List<LivedStream> streams) {
    return streams.stream().mapToInt(stream -> stream.sum(StreamWindow::queries)).sum();
  }

  /** The share of the queries of all streams that were answered right. */
  static Proportion share(List<LivedStream> streams, ToIntFunction<StreamWindow> right) {
    return Proportion.of(
        streams.stream().mapToInt(stream -> stream.sum(right)).sum(), queries(streams));
  }

  /** Writes how an arm did in all streams. */
  static void into(
      ObjectNode arm, List<LivedStream> streams, ToIntFunction<StreamWindow> right, double tokens) {
    Proportion share = share(streams, right);
    arm.put("accuracy", share.value())
        .put("low", share.low())
        .put("high", share.high())
        .put("questions", queries(streams))
        .put("tokens", tokens);
  }

  /** Tokens shown with a query, mean over all streams. */
  static double injected(List<LivedStream> streams) {
    double all =
        streams.stream()
            .mapToDouble(stream -> stream.total(each -> each.injected() * each.queries()))
            .sum();
    return all / Math.max(1, queries(streams));
  }

  int sum(ToIntFunction<StreamWindow> what) {
    return windows.stream().mapToInt(what).sum();
  }

  double total(ToDoubleFunction<StreamWindow> what) {
    return windows.stream().mapToDouble(what).sum();
  }
}
