package dev.hone.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.experience.Message;
import dev.hone.experience.Role;
import dev.hone.experience.Usage;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reassembles a model's answer from the bytes as journaled, given whole or as server-sent events:
 * the first choice, where there are several.
 */
public final class Answers {

  /** Raised whenever the same bytes may be read differently than before. */
  public static final int VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private Answers() {}

  /**
   * What can be read of an answer.
   *
   * @param answer what the model said, if it said something
   * @param usage what it cost, if it says so
   * @param error whether it is, or ends as, an error
   * @param ended whether it says that it is complete, as streams do
   */
  public record Reading(
      @Nullable Message answer, @Nullable Usage usage, boolean error, boolean ended) {

    static final Reading NOTHING = new Reading(null, null, false, false);
  }

  /** Reads an answer; total. */
  public static Reading read(Endpoint endpoint, byte[] raw, boolean stream) {
    if (stream) {
      StreamedAnswer answer = new StreamedAnswer(endpoint);
      Events.each(
          raw,
          data -> {
            if (data.equals("[DONE]")) {
              answer.end();
              return;
            }
            try {
              answer.add(JSON.readTree(data));
            } catch (JsonProcessingException ignored) {
              // An event that is not JSON carries no part of the answer.
            }
          });
      return answer.reading();
    }
    try {
      return whole(endpoint, JSON.readTree(raw));
    } catch (IOException e) {
      return Reading.NOTHING;
    }
  }

  private static Reading whole(Endpoint endpoint, JsonNode body) {
    JsonNode choice = body.path("choices").path(0);
    return new Reading(
        switch (endpoint) {
          case CHAT -> message(choice.path("message")).orElse(null);
          case COMPLETIONS -> text(choice.path("text")).orElse(null);
          case RESPONSES ->
              body.path("output").isArray() ? ResponseItems.answer(body.path("output")) : null;
          case EMBEDDINGS, OTHER -> null;
        },
        Usages.read(body.path("usage")).orElse(null),
        body.path("error").isObject(),
        true);
  }

  private static Optional<Message> message(JsonNode message) {
    try {
      return message.isObject() ? Optional.of(Messages.read(message, "message")) : Optional.empty();
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private static Optional<Message> text(JsonNode text) {
    return text.isTextual()
        ? Optional.of(Message.text(Role.ASSISTANT, text.asText()))
        : Optional.empty();
  }
}
