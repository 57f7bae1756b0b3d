package dev.hone.lab.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One question asked: a line of {@code records.jsonl}.
 *
 * @param round when and of whom it was asked
 * @param id the question
 * @param topic its topic, empty for none
 * @param said what the model said
 * @param right whether that is right
 * @param confidence the confidence it named, if it named one
 * @param tokens shown with the question, estimated
 * @param ms how long the answer took, in milliseconds
 */
public record Asked(
    Round round,
    String id,
    String topic,
    String said,
    boolean right,
    OptionalDouble confidence,
    int tokens,
    double ms) {

  /** The fields by which one is found again. */
  static final List<String> KEY = List.of("seed", "arm", "epoch", "client", "id");

  /**
   * When and of whom questions are asked.
   *
   * @param seed of what is random
   * @param arm the arm asked
   * @param epoch from 1; 0 where there are none
   * @param client who asks; empty where there is one
   */
  public record Round(long seed, String arm, int epoch, String client) {}

  /** One without epochs and clients. */
  public static Round round(long seed, String arm) {
    return new Round(seed, arm, 0, "");
  }

  ObjectNode line() {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("seed", round.seed()).put("arm", round.arm());
    if (round.epoch() > 0) {
      line.put("epoch", round.epoch()).put("client", round.client());
    }
    line.put("id", id);
    if (!topic.isEmpty()) {
      line.put("topic", topic);
    }
    line.put("said", said).put("right", right);
    if (confidence.isPresent()) {
      line.put("confidence", confidence.getAsDouble());
    }
    return line.put("tokens", tokens).put("ms", Math.round(ms * 100) / 100.0);
  }

  static Asked of(JsonNode line) {
    return new Asked(
        new Round(
            line.path("seed").asLong(),
            line.path("arm").asText(),
            line.path("epoch").asInt(),
            line.path("client").asText()),
        line.path("id").asText(),
        line.path("topic").asText(),
        line.path("said").asText(),
        line.path("right").asBoolean(),
        line.has("confidence")
            ? OptionalDouble.of(line.path("confidence").asDouble())
            : OptionalDouble.empty(),
        line.path("tokens").asInt(),
        line.path("ms").asDouble());
  }

  /** Its key in {@code records.jsonl}. */
  static String[] key(Round round, String id) {
    return new String[] {
      String.valueOf(round.seed()),
      round.arm(),
      round.epoch() == 0 ? "" : String.valueOf(round.epoch()),
      round.client(),
      id
    };
  }
}
