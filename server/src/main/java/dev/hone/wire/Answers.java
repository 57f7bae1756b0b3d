package dev.hone.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.experience.Message;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reassembles a model's answer from the bytes as journaled: the first choice of a chat completion,
 * given whole or as server-sent events.
 */
public final class Answers {

  /** Raised whenever the same bytes may be read differently than before. */
  public static final int VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private Answers() {}

  /** The answer, or empty when the bytes hold none. */
  public static Optional<Message> read(byte[] raw, boolean stream) {
    return stream ? streamed(raw) : whole(raw);
  }

  private static Optional<Message> whole(byte[] raw) {
    try {
      JsonNode message = JSON.readTree(raw).path("choices").path(0).path("message");
      return message.isObject() ? Optional.of(Messages.read(message, "message")) : Optional.empty();
    } catch (IOException | Malformed e) {
      return Optional.empty();
    }
  }

  private static Optional<Message> streamed(byte[] raw) {
    Assembly assembly = new Assembly();
    List<String> data = new ArrayList<>();
    for (String line : new String(raw, StandardCharsets.UTF_8).split("\r\n|\n|\r", -1)) {
      if (line.startsWith("data:")) {
        data.add(line.substring("data:".length()).strip());
      } else if (line.isEmpty() && !data.isEmpty()) {
        assembly.add(String.join("\n", data));
        data.clear();
      }
    }
    assembly.add(String.join("\n", data));
    return assembly.message();
  }

  /** Gathers the deltas of the first choice. */
  private static final class Assembly {

    /** A tool call as far as it is known. */
    private static final class Call {
      private String id = "";
      private String name = "";
      private final StringBuilder arguments = new StringBuilder();
    }

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final Map<Integer, Call> calls = new TreeMap<>();
    private boolean any;

    void add(String data) {
      try {
        for (JsonNode choice : JSON.readTree(data).path("choices")) {
          if (choice.path("index").asInt(0) == 0) {
            delta(choice.path("delta"));
          }
        }
      } catch (JsonProcessingException ignored) {
        // An event that is not JSON carries no part of the answer.
      }
    }

    private void delta(JsonNode delta) {
      any |= delta.isObject();
      text.append(delta.path("content").asText(""));
      reasoning.append(delta.path("reasoning_content").asText(""));
      reasoning.append(delta.path("reasoning").asText(""));
      for (JsonNode part : delta.path("tool_calls")) {
        Call call =
            calls.computeIfAbsent(part.path("index").asInt(calls.size()), index -> new Call());
        JsonNode function = part.path("function");
        call.id = known(part.path("id"), call.id);
        call.name = known(function.path("name"), call.name);
        call.arguments.append(function.path("arguments").asText(""));
      }
    }

    /** A piece may leave out, or leave empty, what an earlier one said. */
    private static String known(JsonNode said, String before) {
      return said.asText("").isEmpty() ? before : said.asText();
    }

    Optional<Message> message() {
      if (!any) {
        return Optional.empty();
      }
      List<Part> parts = new ArrayList<>();
      if (!reasoning.isEmpty()) {
        parts.add(new Part.Reasoning(reasoning.toString()));
      }
      if (!text.isEmpty()) {
        parts.add(new Part.Text(text.toString()));
      }
      calls
          .values()
          .forEach(c -> parts.add(new Part.ToolCall(c.id, c.name, c.arguments.toString())));
      return Optional.of(new Message(Role.ASSISTANT, parts));
    }
  }
}
