package dev.hone.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Usage;
import java.util.Optional;

/** Reads what an answer says that it cost, in the words of either API. */
final class Usages {

  private Usages() {}

  static Optional<Usage> read(JsonNode usage) {
    JsonNode prompt = first(usage, "prompt_tokens", "input_tokens");
    if (!prompt.isIntegralNumber()) {
      return Optional.empty();
    }
    JsonNode details = first(usage, "prompt_tokens_details", "input_tokens_details");
    return Optional.of(
        new Usage(
            prompt.asInt(),
            details.path("cached_tokens").asInt(0),
            first(usage, "completion_tokens", "output_tokens").asInt(0)));
  }

  private static JsonNode first(JsonNode usage, String name, String otherName) {
    return usage.has(name) ? usage.path(name) : usage.path(otherName);
  }
}
