package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.run.Asked;
import dev.hone.lab.statistics.Paired;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Answers to the same question under the same seed, by the same client, in two arms or epochs.
 *
 * @param questions the pairs of each question
 */
record Pairs(List<List<Paired.Pair>> questions) {

  /** Pairs answers of two epochs, or of two arms that have none. */
  static Pairs of(List<Asked> first, List<Asked> second) {
    return of(first, second, each -> 0);
  }

  /** Pairs answers of two arms, epoch by epoch. */
  static Pairs ofEpochs(List<Asked> first, List<Asked> second) {
    return of(first, second, each -> each.round().epoch());
  }

  private static Pairs of(List<Asked> first, List<Asked> second, ToIntFunction<Asked> epoch) {
    Map<List<Object>, Asked> others = new HashMap<>();
    second.forEach(each -> others.put(key(each, epoch), each));
    Map<String, List<Paired.Pair>> questions = new LinkedHashMap<>();
    for (Asked each : first) {
      Asked other = others.get(key(each, epoch));
      if (other != null) {
        questions
            .computeIfAbsent(each.id(), any -> new ArrayList<>())
            .add(new Paired.Pair(each.right(), other.right()));
      }
    }
    return new Pairs(List.copyOf(questions.values()));
  }

  private static List<Object> key(Asked asked, ToIntFunction<Asked> epoch) {
    return List.of(
        asked.round().seed(), asked.round().client(), epoch.applyAsInt(asked), asked.id());
  }

  /** The difference with its interval and test. */
  Paired compared() {
    return Paired.of(questions);
  }

  /** Writes a comparison into an object. */
  static void put(ObjectNode object, Paired paired) {
    object
        .put("difference", paired.difference())
        .put("low", paired.low())
        .put("high", paired.high())
        .put("p", paired.p())
        .put("wins", paired.wins())
        .put("losses", paired.losses())
        .put("questions", paired.questions());
  }
}
