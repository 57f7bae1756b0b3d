package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.explore.Exploration.Pair;
import dev.hone.lab.explore.LivedEpisode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The episodes of one seed: a line of {@code episodes.jsonl}.
 *
 * @param pairs each episode as control and experience lived it
 * @param stopped why there are no more; empty when all were lived
 */
record LivedSeed(long seed, List<Pair> pairs, String stopped) {

  /** What the model read and wrote. */
  long tokens() {
    return pairs.stream().mapToLong(p -> p.control().tokens() + p.experience().tokens()).sum();
  }

  ObjectNode line() {
    ObjectNode line =
        JsonNodeFactory.instance.objectNode().put("seed", seed).put("stopped", stopped);
    ArrayNode episodes = line.putArray("episodes");
    for (Pair pair : pairs) {
      ObjectNode episode = episodes.addObject().put("episode", pair.number());
      put(episode.putObject("control"), pair.control());
      put(episode.putObject("experience"), pair.experience());
    }
    return line;
  }

  private static void put(ObjectNode object, LivedEpisode lived) {
    object
        .put("reward", lived.reward())
        .put("steps", lived.steps())
        .put("refused", lived.refused())
        .put("drawn", lived.drawn())
        .put("tokens", lived.tokens())
        .put("end", lived.end().name().toLowerCase(Locale.ROOT));
  }

  static LivedSeed of(JsonNode line) {
    List<Pair> pairs = new ArrayList<>();
    for (JsonNode episode : line.path("episodes")) {
      pairs.add(
          new Pair(
              episode.path("episode").asInt(),
              lived(episode.path("control")),
              lived(episode.path("experience"))));
    }
    return new LivedSeed(line.path("seed").asLong(), pairs, line.path("stopped").asText());
  }

  private static LivedEpisode lived(JsonNode object) {
    return new LivedEpisode(
        object.path("reward").asDouble(),
        object.path("steps").asInt(),
        object.path("refused").asInt(),
        object.path("drawn").asInt(),
        object.path("tokens").asLong(),
        LivedEpisode.End.valueOf(object.path("end").asText().toUpperCase(Locale.ROOT)));
  }
}
