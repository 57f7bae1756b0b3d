package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What happened in one window of a stream, and how things stand at its end.
 *
 * @param queries asked in it
 * @param right of these
 * @param control right of these when the model is asked alone
 * @param injected tokens shown with them, mean
 * @param items shown at its end
 * @param commits of the pool until its end
 * @param refinements that changed the pool, until its end
 * @param bytes of the database in use and of the index at its end, without the write-ahead log
 * @param journal bytes of messages and answers at its end
 * @param learning processor time of the process while it learned in this window, in seconds
 * @param refining the same while it refined
 * @param tokens that the learning model read and wrote until its end
 */
record StreamWindow(
    int queries,
    int right,
    int control,
    double injected,
    int items,
    int commits,
    int refinements,
    long bytes,
    long journal,
    double learning,
    double refining,
    long tokens) {

  ObjectNode line() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("queries", queries)
        .put("right", right)
        .put("control", control)
        .put("injected", injected)
        .put("items", items)
        .put("commits", commits)
        .put("refinements", refinements)
        .put("bytes", bytes)
        .put("journal", journal)
        .put("learning", learning)
        .put("refining", refining)
        .put("tokens", tokens);
  }

  static StreamWindow of(JsonNode line) {
    return new StreamWindow(
        line.path("queries").asInt(),
        line.path("right").asInt(),
        line.path("control").asInt(),
        line.path("injected").asDouble(),
        line.path("items").asInt(),
        line.path("commits").asInt(),
        line.path("refinements").asInt(),
        line.path("bytes").asLong(),
        line.path("journal").asLong(),
        line.path("learning").asDouble(),
        line.path("refining").asDouble(),
        line.path("tokens").asLong());
  }
}
