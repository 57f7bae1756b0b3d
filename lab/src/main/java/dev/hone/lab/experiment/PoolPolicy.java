package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/**
 * How a saturated pool is refined.
 *
 * @param measure {@code normalised} or {@code raw}
 * @param threshold from which two items are similar
 * @param proof whether a condensation must be proved
 */
record PoolPolicy(String measure, double threshold, boolean proof) {

  /** Its name in records. */
  String arm() {
    return measure + "-" + number(threshold) + (proof ? "-proved" : "-unproved");
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%s", value);
  }

  /** The settings of a Hone that refines so. */
  Map<String, String> settings() {
    return Map.of(
        "refine.measure", measure,
        "refine.threshold", String.valueOf(threshold),
        "refine.proof", String.valueOf(proof));
  }

  /**
   * A pool that was made: a line of {@code pools.jsonl}.
   *
   * @param items shown in it
   * @param passes of refinement until nothing changed
   */
  record Made(long seed, String arm, int items, int passes) {

    ObjectNode line() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("seed", seed)
          .put("arm", arm)
          .put("items", items)
          .put("passes", passes);
    }

    static Made of(JsonNode line) {
      return new Made(
          line.path("seed").asLong(),
          line.path("arm").asText(),
          line.path("items").asInt(),
          line.path("passes").asInt());
    }
  }
}
