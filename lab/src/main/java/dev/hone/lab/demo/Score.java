package dev.hone.lab.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.statistics.Proportion;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How one arm did.
 *
 * @param questions asked
 * @param accuracy the share answered rightly
 * @param low lower end of the 95 % interval (Wilson 1927)
 * @param high its upper end
 * @param confidenceRight the mean confidence that the model named when it was right, if it named
 *     any
 * @param confidenceWrong the same when it was wrong
 */
record Score(
    int questions,
    double accuracy,
    double low,
    double high,
    OptionalDouble confidenceRight,
    OptionalDouble confidenceWrong) {

  /** One question asked. */
  record Asked(boolean right, OptionalDouble confidence) {}

  static Score of(List<Asked> asked) {
    long right = asked.stream().filter(Asked::right).count();
    Proportion share = Proportion.of(right, asked.size());
    return new Score(
        asked.size(),
        share.value(),
        share.low(),
        share.high(),
        confidence(asked, true),
        confidence(asked, false));
  }

  private static OptionalDouble confidence(List<Asked> asked, boolean right) {
    return asked.stream()
        .filter(each -> each.right() == right && each.confidence().isPresent())
        .mapToDouble(each -> each.confidence().orElseThrow())
        .average();
  }

  /** Writes the score into an object. */
  void into(ObjectNode object) {
    object.put("questions", questions);
    object.put("accuracy", accuracy);
    object.put("low", low);
    object.put("high", high);
    put(object, "confidenceRight", confidenceRight);
    put(object, "confidenceWrong", confidenceWrong);
  }

  private static void put(ObjectNode object, String name, OptionalDouble value) {
    if (value.isPresent()) {
      object.put(name, value.getAsDouble());
    } else {
      object.putNull(name);
    }
  }
}
